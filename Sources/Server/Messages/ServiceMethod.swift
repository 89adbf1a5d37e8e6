import API

/// A method: its name, the forms of its request and answer on the wire, who may call it, and how it is served.
public struct ServiceMethod<Request: Sendable, Answer: Sendable>: Sendable {
  /// Service and method, such as `tocsin.v1.Dispatch/FastestUnits`.
  public let name: String
  /// What a caller must be allowed to do.
  public let permission: Permission
  /// Which threads run it, by what is known before its request is read.
  public let lane: CallLane
  /// True for a request that changes nothing and may take long.
  let isLong: @Sendable (Request) -> Bool
  /// Whether a request is one message or may be a stream of several, which merge.
  public let requests: MessageCount
  /// The request message.
  public let writeRequest: @Sendable (Request) -> [UInt8]
  /// The request, or what is wrong with it.
  public let readRequest: @Sendable ([UInt8]) -> Result<Request, CallStatus>
  /// The answer message.
  public let writeAnswer: @Sendable (Answer) -> [UInt8]
  /// The answer, or what is wrong with it.
  public let readAnswer: @Sendable ([UInt8]) -> Result<Answer, CallStatus>
  let serving: Serving

  /// How a method is served.
  enum Serving: Sendable {
    typealias Serve = @Sendable (any EngineAPI, Request, CallContext) throws(EngineError) -> Answer
    /// With an answer that changes nothing.
    case question(Serve)
    /// By changing the state, which may wait for the disk.
    case change(Serve)
    /// With a stream of answers.
    case stream(@Sendable (any EngineAPI, Request) throws(EngineError) -> any AnswerStream<Answer>)
    /// With an answer that changes nothing, cut into pieces.
    case pieces(@Sendable (any EngineAPI, Request, WorkLimit) throws(EngineError) -> [Answer])
    /// By the transport, without the engine.
    case byTransport
  }

  /// The service's part of the name, such as `tocsin.v1.Dispatch`.
  public var service: String { String(name.prefix { $0 != "/" }) }

  /// Whether the answer is one message or a stream of them.
  public var answers: MessageCount {
    switch serving {
    case .stream, .pieces: .stream
    case .question, .change, .byTransport: .one
    }
  }

  /// True if it only asks: whoever asks twice changes nothing.
  public var changesNothing: Bool {
    switch serving {
    case .question, .stream, .pieces: true
    case .change, .byTransport: false
    }
  }
}

/// How many messages make up a request or an answer.
public enum MessageCount: Sendable {
  case one
  case stream
}

/// Who asks, and until when.
struct CallContext {
  var origin: ChangeOrigin
  var limit: WorkLimit
}

extension ServiceMethod where Request: WireValue, Answer: WireValue {
  init(
    _ name: String, permission: Permission = .ask, requests: MessageCount = .one, lane: CallLane? = nil,
    isLong: @escaping @Sendable (Request) -> Bool = { _ in false }, _ serving: Serving
  ) {
    self.init(
      fullName: "tocsin.v1.\(name)", permission: permission, requests: requests, lane: lane, isLong: isLong, serving)
  }

  init(
    fullName: String, permission: Permission = .ask, requests: MessageCount = .one, lane: CallLane? = nil,
    isLong: @escaping @Sendable (Request) -> Bool = { _ in false }, _ serving: Serving
  ) {
    name = fullName
    self.isLong = isLong
    let usual: CallLane = if case .change = serving { .changes } else { .questions }
    self.lane = lane ?? usual
    (self.permission, self.requests, self.serving) = (permission, requests, serving)
    writeRequest = { $0.packed() }
    readRequest = { Request.unpacked($0, memoryBytesMax: FrameLimits.requestMemoryBytesMax) }
    writeAnswer = { $0.packed() }
    readAnswer = { Answer.unpacked($0, memoryBytesMax: FrameLimits.answerMemoryBytesMax) }
  }
}

/// A method, whatever it takes and answers: a row of ``ServiceMethods/all``.
public protocol AnyServiceMethod<Request, Answer>: Sendable {
  associatedtype Request: Sendable
  associatedtype Answer: Sendable
  /// The method with the types of its request and answer.
  var typed: ServiceMethod<Request, Answer> { get }
}

extension ServiceMethod: AnyServiceMethod {
  public var typed: ServiceMethod<Request, Answer> { self }
}

extension AnyServiceMethod {
  public var name: String { typed.name }
  public var service: String { typed.service }
  public var requests: MessageCount { typed.requests }
  public var answers: MessageCount { typed.answers }
  public var changesNothing: Bool { typed.changesNothing }
}
