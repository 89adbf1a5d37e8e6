/// Where a server listens.
public enum ServerAddress: Hashable, Sendable, CustomStringConvertible {
  /// A socket file.
  case unix(path: String)
  /// A host name or IP address; a server that listens on port 0 takes any free one.
  case tcp(host: String, port: Int)

  /// The longest path that a socket address holds (`sun_path` of Linux, with its final NUL).
  static let unixPathBytesMax = 107

  /// Reads `/run/tocsin/tocsin.sock`, `tocsin.sock`, `unix:tocsin.sock`, `host:port`, `tcp:host:port` or `[::1]:port`.
  /// Throws `INVALID_ADDRESS`.
  public static func parse(_ text: String) throws(CallStatus) -> ServerAddress {
    // By bytes: with a mark that combines behind it, a colon is no character of its own.
    let bytes = text.utf8
    if bytes.starts(with: "unix:".utf8) { return try unixAddress(bytes.dropFirst(5), of: text) }
    if bytes.starts(with: "tcp:".utf8) { return try tcpAddress(bytes.dropFirst(4), of: text) }
    let isPath = bytes.contains(UInt8(ascii: "/")) || !bytes.contains(colon)
    return isPath ? try unixAddress(bytes[...], of: text) : try tcpAddress(bytes[...], of: text)
  }

  public var description: String {
    switch self {
    case .unix(let path): "unix:\(path)"
    case .tcp(let host, let port): host.utf8.contains(Self.colon) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
  }

  private static let colon = UInt8(ascii: ":")

  private static func unixAddress(_ path: Substring.UTF8View, of text: String) throws(CallStatus) -> ServerAddress {
    guard !path.isEmpty, !path.contains(0), path.count <= unixPathBytesMax else {
      throw CallStatus(.invalidAddress, "a socket path has 1 to \(unixPathBytesMax) bytes", value: text)
    }
    return .unix(path: String(Substring(path)))
  }

  private static func tcpAddress(_ rest: Substring.UTF8View, of text: String) throws(CallStatus) -> ServerAddress {
    let wrong = CallStatus(.invalidAddress, "an address is a socket path or host:port, port 0 to 65535", value: text)
    guard let end = rest.lastIndex(of: colon) else { throw wrong }
    let digits = rest[rest.index(after: end)...]
    guard let port = Int(Substring(digits)), (0...65_535).contains(port), digits.allSatisfy({ $0 >= 48 && $0 <= 57 })
    else { throw wrong }
    var host = rest[..<end]
    if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(colon) {
      throw wrong
    }
    guard !host.isEmpty, !host.contains(0) else { throw wrong }
    return .tcp(host: String(Substring(host)), port: port)
  }
}
