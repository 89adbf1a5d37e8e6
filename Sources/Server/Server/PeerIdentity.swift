import Access
import Calls
import Foundation
import NIOCore

/// Who is at the other end of a connection, as the system knows.
public enum PeerIdentity {
  /// Finds the peer of a channel, on its event loop: at once, before `found`'s caller goes on.
  ///
  /// Of a Unix socket the kernel says which process connected, and whose it is; of TCP there is the address only.
  public static func find(_ channel: any Channel, found: @escaping (ClientSession) -> Void) {
    if let address = channel.remoteAddress, let host = address.ipAddress, let port = address.port {
      return found(ClientSession(peer: address.protocol == .inet6 ? "tcp:[\(host)]:\(port)" : "tcp:\(host):\(port)"))
    }
    found(ClientSession(peer: "unix:"))
    guard let options = channel as? any SocketOptionProvider else { return }
    let credentials: EventLoopFuture<SocketCredentials> = options.unsafeGetSocketOption(
      level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
    credentials.assumeIsolated().whenSuccess { credentials in
      var known = Access.Credentials()
      known.user = userName(credentials.uid)
      known.isOwner = credentials.uid == 0 || credentials.uid == geteuid()
      found(ClientSession(peer: "unix:pid=\(credentials.pid)", credentials: known))
    }
  }

  /// `struct ucred` of `socket(7)`, which Swift's Glibc lacks.
  private struct SocketCredentials {
    var pid: pid_t
    var uid: uid_t
    var gid: gid_t
  }

  private static let entryBytesMax = 16_384

  /// The name of a user; their number if they have none.
  private static func userName(_ uid: uid_t) -> String {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var text = [CChar](repeating: 0, count: entryBytesMax)
    return text.withUnsafeMutableBufferPointer { text in
      guard let start = text.baseAddress, getpwuid_r(uid, &entry, start, text.count, &found) == 0, found != nil,
        let name = entry.pw_name
      else { return "uid=\(uid)" }
      return String(cString: name)
    }
  }
}
