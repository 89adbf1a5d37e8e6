import Messages

/// The frames in which the Connect protocol puts the messages of streams: flags, length, message.
///
/// Source: connectrpc.com/docs/protocol, "Enveloped-Message".
public enum ConnectEnvelope {
  /// The message is compressed.
  public static let compressed: UInt8 = 1
  /// The last one of an answer: says how the stream ended.
  public static let end: UInt8 = 2
  private static let headBytes = 5

  /// A message with its frame.
  public static func encode(_ message: [UInt8], flags: UInt8 = 0) -> [UInt8] {
    let count = UInt32(message.count)
    return [flags] + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + message
  }

  /// The messages of a request's body, and whether each is compressed. O(bytes).
  public static func decode(_ body: [UInt8]) throws(CallStatus) -> [(message: ArraySlice<UInt8>, isCompressed: Bool)] {
    var messages: [(message: ArraySlice<UInt8>, isCompressed: Bool)] = []
    var rest = body[...]
    while let flags = rest.first {
      guard rest.count >= headBytes else { throw cut(rest.count, of: headBytes) }
      let count = rest.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(headBytes)
      guard flags & ~compressed == 0 else {
        throw CallStatus(.malformedMessage, "a request's envelope has other flags", value: "\(flags)")
      }
      guard rest.count >= count else { throw cut(rest.count, of: count) }
      messages.append((rest.prefix(count), flags & compressed != 0))
      rest = rest.dropFirst(count)
    }
    return messages
  }

  private static func cut(_ count: Int, of promised: Int) -> CallStatus {
    CallStatus(.malformedMessage, "the request ends within an envelope", value: "\(count) of \(promised) bytes")
  }
}
