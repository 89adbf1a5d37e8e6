/// Where a server listens.
public enum ServerAddress: Hashable, Sendable, CustomStringConvertible {
  /// A socket file.
  case unix(path: String)
  /// A host name or IP address; a server that listens on port 0 takes any free one.
  case tcp(host: String, port: Int)

  /// The longest path that a socket address holds (`sun_path` of Linux, with its final NUL).
  static let unixPathBytesMax = 107

  /// Reads `/run/tocsin.sock`, `./tocsin.sock`, `unix:tocsin.sock`, `host:port`, `tcp:host:port` or `[::1]:port`.
  /// Throws `INVALID_ADDRESS`.
  public static func parse(_ text: String) throws(CallStatus) -> ServerAddress {
    if text.hasPrefix("unix:") { return try unixAddress(text.dropFirst(5), of: text) }
    if text.hasPrefix("tcp:") { return try tcpAddress(text.dropFirst(4), of: text) }
    return text.contains("/") ? try unixAddress(text[...], of: text) : try tcpAddress(text[...], of: text)
  }

  public var description: String {
    switch self {
    case .unix(let path): "unix:\(path)"
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
  }

  private static func unixAddress(_ path: Substring, of text: String) throws(CallStatus) -> ServerAddress {
    guard !path.isEmpty, !path.utf8.contains(0), path.utf8.count <= unixPathBytesMax else {
      throw CallStatus(.invalidAddress, "a socket path has 1 to \(unixPathBytesMax) bytes", value: text)
    }
    return .unix(path: String(path))
  }

  private static func tcpAddress(_ rest: Substring, of text: String) throws(CallStatus) -> ServerAddress {
    let wrong = CallStatus(.invalidAddress, "an address is a socket path or host:port, port 0 to 65535", value: text)
    guard let colon = rest.lastIndex(of: ":"), let port = Int(rest[rest.index(after: colon)...]),
      (0...65_535).contains(port), rest[rest.index(after: colon)...].utf8.allSatisfy({ $0 >= 48 && $0 <= 57 })
    else { throw wrong }
    var host = rest[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      throw wrong
    }
    guard !host.isEmpty, !host.utf8.contains(0) else { throw wrong }
    return .tcp(host: String(host), port: port)
  }
}
