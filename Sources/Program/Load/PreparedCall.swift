import Framing
import Messages
import NIOCore
import NIOHPACK

/// A request that lacks nothing but its id, ready for the wire.
struct PreparedCall {
  /// Of gRPC.
  var headers = HPACKHeaders()
  /// The fields of a `FrameRequest` other than its id; or a message of gRPC.
  var body: ByteBuffer
}

/// How calls are written for a kind of server.
struct CallWriter {
  let target: LoadTarget
  let token: String
  let timeoutMilliseconds: UInt32

  init(_ plan: LoadPlan) {
    (target, token) = (plan.target, plan.token)
    timeoutMilliseconds = UInt32(max(1, plan.timeoutSeconds * 1_000))
  }

  func prepare<Request, Answer>(_ method: ServiceMethod<Request, Answer>, _ request: Request) -> PreparedCall {
    prepare(method: method.name, payload: method.writeRequest(request))
  }

  func prepare(method: String, payload: [UInt8]) -> PreparedCall {
    switch target {
    case .socket:
      let request = FrameRequest(
        id: 0, method: method, deadlineMilliseconds: timeoutMilliseconds, token: token, payload: payload)
      guard let frame = try? FrameCodec.encode(.request(request)) else {
        preconditionFailure("the requests of a load are shorter than a frame")
      }
      return PreparedCall(body: Self.fields(ofFrame: frame))
    case .grpc(let host, let port):
      let headers = GRPCHeaders.request(
        method: method, authority: "\(ServerAddress.tcp(host: host, port: port))", isEncrypted: false, token: token,
        timeoutMilliseconds: timeoutMilliseconds)
      return PreparedCall(headers: headers, body: GRPCMessage.encode(payload))
    }
  }

  /// What stands behind the header, the key and the length of the `FrameRequest`: all fields but the id, for 0 is not
  /// written.
  private static func fields(ofFrame bytes: [UInt8]) -> ByteBuffer {
    var start = FrameLimits.headerBytes + 1
    while bytes[start] >= 0x80 { start += 1 }
    return ByteBuffer(bytes: bytes[(start + 1)...])
  }
}

extension ByteBuffer {
  private static let requestKey: UInt8 = 1 << 3 | 2
  private static let idKey: UInt8 = 1 << 3

  /// Writes the frame of a prepared request with this id.
  mutating func writeFrame(of call: PreparedCall, id: UInt64) {
    let requestBytes = 1 + Self.varintBytes(id) + call.body.readableBytes
    writeInteger(UInt32(1 + Self.varintBytes(UInt64(requestBytes)) + requestBytes))
    writeInteger(Self.requestKey)
    writeVarint(UInt64(requestBytes))
    writeInteger(Self.idKey)
    writeVarint(id)
    writeImmutableBuffer(call.body)
  }

  private mutating func writeVarint(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      writeInteger(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    writeInteger(UInt8(rest))
  }

  private static func varintBytes(_ number: UInt64) -> Int { max(1, (64 - number.leadingZeroBitCount + 6) / 7) }
}
