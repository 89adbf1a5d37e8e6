#if Web
import Foundation
import HTTPTypes
import Messages

/// Which pages may ask: those of the server itself, and those of origins that its configuration names.
///
/// A stranger's page in somebody's browser reaches what the browser reaches. It is told by its `Origin`, by what the
/// browser says of the request (`Sec-Fetch-Site`) and, where a name was bent to this address, by the `Host`.
struct OriginCheck {
  private let hosts: Set<String>
  private let origins: Set<String>
  private let scheme: String

  init(hosts: [String], origins: [String], isEncrypted: Bool) {
    self.hosts = Set(hosts.map { $0.lowercased() } + ["localhost"])
    self.origins = Set(origins)
    scheme = isEncrypted ? "https" : "http"
  }

  /// Where the server is for its caller, such as `http://127.0.0.1:7180`.
  func base(of head: WebHead) -> String { "\(scheme)://\(head.authority)" }

  /// The foreign origin that may ask; `nil` for the server's own pages and for what is no page.
  ///
  /// - Throws: a refusal with 421 for a foreign host, 403 for a foreign origin.
  func check(_ head: WebHead) throws(WebRefusal) -> String? {
    guard isOwn(host: head.authority) else {
      throw WebRefusal(
        421, CallStatus(.foreignHost, "the server has no such name: add it to web.hosts", value: head.authority),
        closes: true)
    }
    if let origin = head.header("origin") {
      if origin == base(of: head) { return nil }
      guard origins.contains(origin) else { throw Self.foreign(origin) }
      return origin
    }
    let site = head.header("sec-fetch-site") ?? "none"
    let isLink = head.method == .get && head.header("sec-fetch-mode") == "navigate"
    guard ["none", "same-origin"].contains(site) || isLink else { throw Self.foreign(site) }
    return nil
  }

  private static func foreign(_ origin: String) -> WebRefusal {
    WebRefusal(
      403,
      CallStatus(.foreignOrigin, "pages of this origin may not ask: see web.origins", value: String(origin.prefix(200)))
    )
  }

  /// Numeric addresses are nobody's name.
  private func isOwn(host authority: String) -> Bool {
    var host = authority.lowercased()
    if host.hasPrefix("[") {
      host = String(host.dropFirst().prefix { $0 != "]" })
    } else {
      host = String(host.prefix { $0 != ":" })
    }
    if hosts.contains(host) { return true }
    var (v4, v6) = (in_addr(), in6_addr())
    return inet_pton(AF_INET, host, &v4) == 1 || inet_pton(AF_INET6, host, &v6) == 1
  }
}
#endif
