import NIOCore

/// What else than frames somebody speaks who came to the wrong address, told by the first bytes.
public enum ForeignProtocol: String, Sendable {
  case tls = "TLS"
  case http = "HTTP"
  case http2 = "HTTP/2, as gRPC does"

  private static let httpWords = ["HTTP", "GET ", "POST", "PUT ", "HEAD", "PRI ", "OPTI", "DELE", "PATC", "CONN"]

  /// `nil` for bytes that may be frames, or that nobody knows.
  init?(_ bytes: ByteBufferView) {
    let first = Array(bytes.prefix(5))
    guard first.count >= 4 else { return nil }
    if (0x14...0x17).contains(first[0]), first[1] == 3 {
      self = .tls
    } else if Self.httpWords.contains(String(decoding: first.prefix(4), as: UTF8.self)) {
      self = .http
    } else if first.count == 5, first[3] == 4, first[4] <= 1 {
      // Settings, which HTTP/2 begins with: no message has a field 0.
      self = .http2
    } else {
      return nil
    }
  }
}
