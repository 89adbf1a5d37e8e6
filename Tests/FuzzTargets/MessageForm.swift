import API
import Engine
import Messages
import TestSupport
import Traffic

/// A request or an answer of one method, as bytes.
struct MessageForm: Sendable {
  let name: String
  /// Reads, writes and reads again.
  let check: @Sendable ([UInt8]) throws -> Void

  private init<Value>(
    _ name: String, _ read: @escaping @Sendable ([UInt8]) -> Result<Value, CallStatus>,
    _ write: @escaping @Sendable (Value) -> [UInt8]
  ) {
    self.name = name
    check = { bytes in
      switch read(bytes) {
      case .failure(let status):
        try promise(Self.knownCodes.contains(status.code), "\(name): an unknown code \(status)")
      case .success(let value):
        let written = write(value)
        guard case .success(let again) = read(written) else {
          throw BrokenPromise("\(name): what was written can't be read")
        }
        // The order of a message's map is free.
        try promise(write(again).sorted() == written.sorted(), "\(name): what is read again is the same")
      }
    }
  }

  private static func forms<Request, Answer>(_ method: ServiceMethod<Request, Answer>) -> [MessageForm] {
    [
      MessageForm("request of \(method.name)", method.readRequest, method.writeRequest),
      MessageForm("answer of \(method.name)", method.readAnswer, method.writeAnswer),
    ]
  }

  static let knownCodes = Set(EngineError.Code.allCases.map(\.rawValue) + CallCode.allCases.map(\.rawValue))

  static let all: [MessageForm] =
    forms(ServiceMethods.putUnits) + forms(ServiceMethods.removeUnits) + forms(ServiceMethods.listUnits)
    + forms(ServiceMethods.fastestUnits) + forms(ServiceMethods.route) + forms(ServiceMethods.snap)
    + forms(ServiceMethods.putClosures) + forms(ServiceMethods.liftClosures) + forms(ServiceMethods.putSpeeds)
    + forms(ServiceMethods.listClosures) + forms(ServiceMethods.watchTraffic.call) + forms(ServiceMethods.watch.call)
    + forms(ServiceMethods.reloadOverrides) + forms(ServiceMethods.status) + forms(ServiceMethods.health)

  /// One message of every form that has contents, with the number of its form.
  static let samples: [(form: UInt8, payload: [UInt8])] = {
    var samples: [(UInt8, [UInt8])] = []
    func add(_ name: String, _ payload: [UInt8]) {
      guard let form = all.firstIndex(where: { $0.name == name }) else { return }
      samples.append((UInt8(form), payload))
    }
    func request<Request, Answer>(_ method: ServiceMethod<Request, Answer>, _ value: Request) {
      add("request of \(method.name)", method.writeRequest(value))
    }
    func answer<Request, Answer>(_ method: ServiceMethod<Request, Answer>, _ value: Answer) {
      add("answer of \(method.name)", method.writeAnswer(value))
    }
    request(ServiceMethods.putUnits, PutUnitsRequest([Samples.unit, Samples.plainUnit]))
    request(ServiceMethods.removeUnits, RemoveUnitsRequest(["A-12"]))
    request(ServiceMethods.fastestUnits, Samples.fastestUnitsRequest)
    request(ServiceMethods.route, Samples.routeRequest)
    request(ServiceMethods.snap, Samples.snapRequest)
    request(ServiceMethods.putClosures, PutClosuresRequest(Samples.closuresRequest))
    request(ServiceMethods.liftClosures, LiftClosuresRequest(["bridge"]))
    request(ServiceMethods.putSpeeds, Samples.speedsRequest)
    request(ServiceMethods.watch.call, .route(Samples.routeRequest))
    request(ServiceMethods.watch.call, .fastestUnits(Samples.fastestUnitsRequest))
    answer(ServiceMethods.listUnits, ListUnitsAnswer(version: 9, units: Samples.listedUnits))
    answer(ServiceMethods.fastestUnits, Samples.fastestUnitsAnswer)
    answer(ServiceMethods.route, Samples.routeAnswer)
    answer(ServiceMethods.putClosures, Samples.closuresAnswer)
    answer(ServiceMethods.putSpeeds, Samples.speedsAnswer)
    answer(ServiceMethods.reloadOverrides, Samples.overridesAnswer)
    answer(ServiceMethods.status, Samples.statusAnswer)
    return samples
  }()

  /// A frame of each kind, with its header.
  static var frames: [[UInt8]] {
    get throws {
      let route = ServiceMethods.route.writeRequest(Samples.routeRequest)
      let request = FrameRequest(id: 7, method: ServiceMethods.route.name, token: "t", payload: route, more: true)
      let refusal = CallStatus(.unknownMethod, "there is no such method", value: "x")
      return [
        try FrameCodec.encode(.request(request)), try FrameCodec.encode(.cancel(id: 7)),
        try FrameCodec.encode(.response(FrameResponse(id: 7, refusal: refusal))),
        try FrameCodec.encode(.response(FrameResponse(id: .max, payload: [1, 2, 3], more: true, isOpen: true))),
      ]
    }
  }
}
