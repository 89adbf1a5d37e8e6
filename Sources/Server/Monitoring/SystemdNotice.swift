import Foundation
import Glibc

/// Tells systemd how a service is doing: `sd_notify(3)`, without its library.
public enum SystemdNotice {
  /// Sends one notice to the socket that `NOTIFY_SOCKET` names; without one nobody wants to know.
  ///
  /// - Returns: true if it was sent.
  @discardableResult public static func send(
    _ notice: String, to path: String? = ProcessInfo.processInfo.environment["NOTIFY_SOCKET"]
  ) -> Bool {
    guard let path, var address = address(path) else { return false }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
    let bytes = Array(notice.utf8)
    let sentCount = withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
      }
    }
    return sentCount == bytes.count
  }

  /// A path, or with `@` in front a name in the abstract namespace, where a NUL stands for it.
  private static func address(_ path: String) -> sockaddr_un? {
    var bytes = Array(path.utf8)
    var address = sockaddr_un()
    guard path.hasPrefix("/") || path.hasPrefix("@"), bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      return nil
    }
    if path.hasPrefix("@") { bytes[0] = 0 }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return address
  }
}
