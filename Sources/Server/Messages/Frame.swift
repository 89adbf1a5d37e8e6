import CMessages

/// A call, as it travels on a socket.
public struct FrameRequest: WireValue, Hashable, Sendable {
  /// Chosen by the client, not 0, not the id of another request in flight on its connection.
  public var id: UInt64
  /// Service and method, such as `tocsin.v1.Dispatch/FastestUnits`.
  public var method: String
  /// A request whose turn has not come this long after its arrival is refused; 0 is no limit.
  public var deadlineMilliseconds: UInt32
  /// Credential of the caller; a server that asks for none ignores it.
  public var token: String
  /// The request message of the method, or the next piece of it.
  public var payload: [UInt8]
  /// True if further requests with this id follow, which carry the rest of the payload.
  public var more: Bool

  public init(
    id: UInt64, method: String, deadlineMilliseconds: UInt32 = 0, token: String = "", payload: [UInt8],
    more: Bool = false
  ) {
    (self.id, self.method, self.deadlineMilliseconds) = (id, method, deadlineMilliseconds)
    (self.token, self.payload, self.more) = (token, payload, more)
  }

  static let initialize = tocsin__v1__frame_request__init
  static func read(_ message: Tocsin__V1__FrameRequest) throws(CallStatus) -> FrameRequest {
    FrameRequest(
      id: message.id, method: try message.method.text("method"), deadlineMilliseconds: message.deadline_milliseconds,
      token: try message.token.secret("token"), payload: message.payload.bytes, more: message.more != 0)
  }

  func write(to message: inout Tocsin__V1__FrameRequest, in arena: MessageArena) {
    message.id = id
    message.method = arena.text(method)
    message.deadline_milliseconds = deadlineMilliseconds
    message.token = arena.text(token)
    message.payload = payload.withUnsafeBufferPointer { arena.bytes($0) }
    message.more = more ? 1 : 0
  }
}

/// An answer, or a piece of it, as it travels on a socket.
public struct FrameResponse: WireValue, Hashable, Sendable {
  /// The request's id; 0 if what the client sent could not be read.
  public var id: UInt64
  /// What was wrong; `nil` is OK.
  public var refusal: CallStatus?
  /// The answer message of the method, or the next piece of it.
  public var payload: [UInt8]
  /// True if further responses with this id follow, which carry the rest of the payload.
  public var more: Bool
  /// True for a message of a stream that goes on.
  public var isOpen: Bool

  public init(id: UInt64, payload: [UInt8], more: Bool = false, isOpen: Bool = false) {
    (self.id, self.payload, self.more, self.isOpen) = (id, payload, more, isOpen)
  }

  public init(id: UInt64, refusal: CallStatus) {
    self.init(id: id, payload: [])
    self.refusal = refusal
  }

  static let initialize = tocsin__v1__frame_response__init
  static func read(_ message: Tocsin__V1__FrameResponse) throws(CallStatus) -> FrameResponse {
    var response = FrameResponse(
      id: message.id, payload: message.payload.bytes, more: message.more != 0, isOpen: message.open != 0)
    if message.status != 0 {
      response.refusal = CallStatus(
        grpcCode: Int(message.status), code: try message.code.text("code"),
        message: try message.message.text("message"), value: try message.value.text("value"))
    }
    return response
  }

  func write(to message: inout Tocsin__V1__FrameResponse, in arena: MessageArena) {
    message.id = id
    if let refusal {
      message.status = UInt32(clamping: refusal.grpcCode)
      message.code = arena.text(refusal.code)
      message.message = arena.text(refusal.message)
      message.value = arena.text(refusal.value)
    }
    message.payload = payload.withUnsafeBufferPointer { arena.bytes($0) }
    message.more = more ? 1 : 0
    message.open = isOpen ? 1 : 0
  }
}

/// What travels on a socket, in both directions.
public enum Frame: WireValue, Hashable, Sendable {
  case request(FrameRequest)
  case response(FrameResponse)
  /// A request that has not started yet is dropped, long work and a stream end; answered `CANCELLED`.
  case cancel(id: UInt64)

  static let initialize = tocsin__v1__frame__init
  static func read(_ message: Tocsin__V1__Frame) throws(CallStatus) -> Frame {
    switch message.kind_case {
    case TOCSIN__V1__FRAME__KIND_REQUEST: .request(try .required(message.request, "request"))
    case TOCSIN__V1__FRAME__KIND_RESPONSE: .response(try .required(message.response, "response"))
    case TOCSIN__V1__FRAME__KIND_CANCEL: .cancel(id: try present(message.cancel, "cancel").id)
    default: throw CallStatus(.malformedFrame, "the frame is neither request, response nor cancel")
    }
  }

  func write(to message: inout Tocsin__V1__Frame, in arena: MessageArena) {
    switch self {
    case .request(let request):
      (message.kind_case, message.request) = (TOCSIN__V1__FRAME__KIND_REQUEST, arena.message(request))
    case .response(let response):
      (message.kind_case, message.response) = (TOCSIN__V1__FRAME__KIND_RESPONSE, arena.message(response))
    case .cancel(let id):
      message.kind_case = TOCSIN__V1__FRAME__KIND_CANCEL
      message.cancel = arena.message(tocsin__v1__frame_cancel__init) { $0.id = id }
    }
  }
}
