import CMessages

/// A call, as it travels on a socket.
public struct FrameRequest: Hashable, Sendable {
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
    self.id = id
    self.method = method
    self.deadlineMilliseconds = deadlineMilliseconds
    self.token = token
    self.payload = payload
    self.more = more
  }
}

/// An answer, or a piece of it, as it travels on a socket.
public struct FrameResponse: Hashable, Sendable {
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
    self.id = id
    self.payload = payload
    self.more = more
    self.isOpen = isOpen
  }

  public init(id: UInt64, refusal: CallStatus) {
    self.id = id
    self.refusal = refusal
    payload = []
    (more, isOpen) = (false, false)
  }
}

/// What travels on a socket, in both directions.
public enum Frame: Hashable, Sendable {
  case request(FrameRequest)
  case response(FrameResponse)
  /// A request that has not started yet is dropped, long work and a stream end; answered `CANCELLED`.
  case cancel(id: UInt64)
}

// MARK: - Wire

extension FrameRequest: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__FrameRequest>) {
    tocsin__v1__frame_request__init(message)
  }

  static func read(_ message: Tocsin__V1__FrameRequest) throws(CallStatus) -> FrameRequest {
    FrameRequest(
      id: message.id, method: try WireReader.text(message.method, "method"),
      deadlineMilliseconds: message.deadline_milliseconds, token: try WireReader.text(message.token, "token"),
      payload: WireReader.bytes(message.payload), more: message.more != 0)
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__FrameRequest>, in arena: MessageArena) {
    message.pointee.id = id
    message.pointee.method = arena.text(method)
    message.pointee.deadline_milliseconds = deadlineMilliseconds
    message.pointee.token = arena.text(token)
    message.pointee.payload = payload.withUnsafeBufferPointer { arena.bytes($0) }
    message.pointee.more = more ? 1 : 0
  }
}

extension FrameResponse: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__FrameResponse>) {
    tocsin__v1__frame_response__init(message)
  }

  static func read(_ message: Tocsin__V1__FrameResponse) throws(CallStatus) -> FrameResponse {
    var response = FrameResponse(
      id: message.id, payload: WireReader.bytes(message.payload), more: message.more != 0,
      isOpen: message.open != 0)
    if message.status != 0 {
      response.refusal = CallStatus(
        grpcCode: Int(message.status), code: try WireReader.text(message.code, "code"),
        message: try WireReader.text(message.message, "message"), value: try WireReader.text(message.value, "value"))
    }
    return response
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__FrameResponse>, in arena: MessageArena) {
    message.pointee.id = id
    if let refusal {
      message.pointee.status = UInt32(clamping: refusal.grpcCode)
      message.pointee.code = arena.text(refusal.code)
      message.pointee.message = arena.text(refusal.message)
      message.pointee.value = arena.text(refusal.value)
    }
    message.pointee.payload = payload.withUnsafeBufferPointer { arena.bytes($0) }
    message.pointee.more = more ? 1 : 0
    message.pointee.open = isOpen ? 1 : 0
  }
}

/// The id of a request to be dropped.
struct FrameCancel {
  let id: UInt64
}

extension FrameCancel: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__FrameCancel>) {
    tocsin__v1__frame_cancel__init(message)
  }

  static func read(_ message: Tocsin__V1__FrameCancel) throws(CallStatus) -> FrameCancel {
    FrameCancel(id: message.id)
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__FrameCancel>, in arena: MessageArena) {
    message.pointee.id = id
  }
}

extension Frame: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__Frame>? {
    tocsin__v1__frame__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__Frame>) {
    tocsin__v1__frame__init(message)
  }

  static func read(_ message: Tocsin__V1__Frame) throws(CallStatus) -> Frame {
    switch message.kind_case {
    case TOCSIN__V1__FRAME__KIND_REQUEST: .request(try WireReader.required(message.request, "request"))
    case TOCSIN__V1__FRAME__KIND_RESPONSE: .response(try WireReader.required(message.response, "response"))
    case TOCSIN__V1__FRAME__KIND_CANCEL:
      .cancel(id: try WireReader.required(message.cancel, "cancel", of: FrameCancel.self).id)
    default: throw CallStatus(.malformedFrame, "the frame is neither request, response nor cancel")
    }
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__Frame>, in arena: MessageArena) {
    switch self {
    case .request(let request):
      message.pointee.kind_case = TOCSIN__V1__FRAME__KIND_REQUEST
      message.pointee.request = arena.message(request)
    case .response(let response):
      message.pointee.kind_case = TOCSIN__V1__FRAME__KIND_RESPONSE
      message.pointee.response = arena.message(response)
    case .cancel(let id):
      message.pointee.kind_case = TOCSIN__V1__FRAME__KIND_CANCEL
      message.pointee.cancel = arena.message(FrameCancel(id: id))
    }
  }
}

extension WireReader {
  static func bytes(_ data: ProtobufCBinaryData) -> [UInt8] {
    [UInt8](UnsafeBufferPointer(start: data.data, count: data.len))
  }
}
