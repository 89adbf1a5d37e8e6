import API

/// A method of `tocsin.proto`: its name and the forms of its request and answer on the wire.
public struct ServiceMethod<Request: Sendable, Answer: Sendable>: Sendable {
  /// Service and method, such as `tocsin.v1.Dispatch/FastestUnits`.
  public let name: String
  /// The request message.
  public let writeRequest: @Sendable (Request) -> [UInt8]
  /// The request, or what is wrong with it.
  public let readRequest: @Sendable ([UInt8]) -> Result<Request, CallStatus>
  /// The answer message.
  public let writeAnswer: @Sendable (Answer) -> [UInt8]
  /// The answer, or what is wrong with it.
  public let readAnswer: @Sendable ([UInt8]) -> Result<Answer, CallStatus>
}

extension ServiceMethod where Request: WireRoot, Answer: WireRoot {
  init(_ name: String) { self.init(fullName: "tocsin.v1.\(name)") }

  init(fullName: String) {
    name = fullName
    writeRequest = { $0.packed() }
    readRequest = { Request.unpacked($0, memoryBytesMax: FrameLimits.requestMemoryBytesMax) }
    writeAnswer = { $0.packed() }
    readAnswer = { Answer.unpacked($0, memoryBytesMax: FrameLimits.answerMemoryBytesMax) }
  }
}

/// All methods.
public enum ServiceMethods {
  public static let putUnits = ServiceMethod<PutUnitsRequest, UnitsAnswer>("Dispatch/PutUnits")
  public static let removeUnits = ServiceMethod<RemoveUnitsRequest, UnitsAnswer>("Dispatch/RemoveUnits")
  public static let listUnits = ServiceMethod<EmptyRequest, ListUnitsAnswer>("Dispatch/ListUnits")
  public static let fastestUnits = ServiceMethod<FastestUnitsRequest, FastestUnitsAnswer>("Dispatch/FastestUnits")
  public static let route = ServiceMethod<RouteRequest, RouteAnswer>("Routing/Route")
  public static let snap = ServiceMethod<SnapRequest, SnapAnswer>("Routing/Snap")
  public static let putClosures = ServiceMethod<PutClosuresRequest, ClosuresAnswer>("Traffic/PutClosures")
  public static let liftClosures = ServiceMethod<LiftClosuresRequest, ClosuresAnswer>("Traffic/LiftClosures")
  public static let putSpeeds = ServiceMethod<SpeedsRequest, SpeedsAnswer>("Traffic/PutSpeeds")
  public static let listClosures = ServiceMethod<EmptyRequest, ClosuresAnswer>("Traffic/ListClosures")
  public static let watchTraffic = StreamMethod(
    call: ServiceMethod<EmptyRequest, TrafficEvent>("Traffic/Watch"))
  public static let watch = StreamMethod(call: ServiceMethod<WatchQuestion, WatchAnswer>("Routing/Watch"))
  public static let reloadOverrides = ServiceMethod<EmptyRequest, OverridesAnswer>("Admin/ReloadOverrides")
  public static let reload = ServiceMethod<ReloadRequest, ReloadReport>("Admin/Reload")
  public static let status = ServiceMethod<EmptyRequest, StatusAnswer>("Admin/Status")
  public static let health = ServiceMethod<EmptyRequest, HealthAnswer>("Admin/Health")
}
