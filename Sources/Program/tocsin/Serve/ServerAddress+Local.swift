import Foundation
import Messages

extension ServerAddress {
  /// True if only this machine can call there: a socket file, or a host all of whose addresses are loopback ones.
  ///
  /// A name is resolved, never judged by its letters: `127.example.org` may lead anywhere. One that leads nowhere is
  /// not local.
  var isLocal: Bool {
    switch self {
    case .unix: true
    case .tcp(let host, _): Self.isLoopback(host)
    }
  }

  private static func isLoopback(_ host: String) -> Bool {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE
    var first: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &first) == 0 else { return false }
    defer { freeaddrinfo(first) }
    return sequence(first: first) { $0?.pointee.ai_next }.prefix { $0 != nil }
      .allSatisfy { $0?.pointee.isLoopback ?? false }
  }
}

extension addrinfo {
  fileprivate var isLoopback: Bool {
    guard let bytes = UnsafeRawPointer(ai_addr) else { return false }
    switch ai_family {
    case AF_INET: return bytes.loadUnaligned(as: sockaddr_in.self).sin_addr.isLoopback
    case AF_INET6:
      let address = withUnsafeBytes(of: bytes.loadUnaligned(as: sockaddr_in6.self).sin6_addr) { Array($0) }
      let isMapped = address.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
      return isMapped ? address[12] == 127 : address.dropLast().allSatisfy { $0 == 0 } && address.last == 1
    default: return false
    }
  }
}

extension in_addr {
  /// 127.0.0.0/8
  fileprivate var isLoopback: Bool { UInt32(bigEndian: s_addr) >> 24 == 127 }
}
