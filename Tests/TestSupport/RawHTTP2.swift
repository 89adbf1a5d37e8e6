/// Frames of HTTP/2 for calls over gRPC (RFC 9113, RFC 7541), for a client that does what no library would do.
public enum RawHTTP2 {
  /// What a client says first.
  public static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + frame(type: 4, flags: 0, stream: 0, [])

  /// The headers of a call; its messages follow.
  public static func headers(_ method: String, token: String = "", stream: UInt32) -> [UInt8] {
    let fields = [
      (":method", "POST"), (":scheme", "http"), (":path", "/" + method), (":authority", "test"), ("te", "trailers"),
      ("content-type", "application/grpc"),
    ]
    let all = fields + (token.isEmpty ? [] : [("authorization", "Bearer " + token)])
    // Literal fields that are not indexed, with names and values as they are.
    let block = all.flatMap { name, value -> [UInt8] in [0] + text(name) + text(value) }
    return frame(type: 1, flags: 4, stream: stream, block)
  }

  /// A message of a call.
  public static func message(_ payload: [UInt8], stream: UInt32, isLast: Bool = false) -> [UInt8] {
    let length = withUnsafeBytes(of: UInt32(payload.count).bigEndian, Array.init)
    return frame(type: 0, flags: isLast ? 1 : 0, stream: stream, [0] + length + payload)
  }

  private static func text(_ text: String) -> [UInt8] {
    precondition(text.utf8.count < 127, "a longer one has more bytes of length")
    return [UInt8(text.utf8.count)] + text.utf8
  }

  private static func frame(type: UInt8, flags: UInt8, stream: UInt32, _ payload: [UInt8]) -> [UInt8] {
    let length = withUnsafeBytes(of: UInt32(payload.count).bigEndian, Array.init)
    return length.dropFirst() + [type, flags] + withUnsafeBytes(of: stream.bigEndian, Array.init) + payload
  }
}
