#if Web
import Calls
import Foundation
import Messages
import WebPages

/// What a web server answers: methods, pages, and what is said to strangers' pages.
struct WebSite: Sendable {
  /// How a request is answered.
  enum Reply {
    case page(PageAnswer)
    /// By a page for callers that may ask.
    case guarded(@Sendable () -> PageAnswer)
    /// By a call of a method, once the request's body is read.
    case method(MethodRequest)
    /// By a call that is known already.
    case call(PageCall)
  }

  let origins: OriginCheck
  private let settings: WebSettings
  private let dispatcher: MessageDispatcher
  private let forms: MessageForms

  init(_ settings: WebSettings, _ dispatcher: MessageDispatcher, isEncrypted: Bool) {
    (self.settings, self.dispatcher) = (settings, dispatcher)
    origins = OriginCheck(hosts: settings.hosts, origins: settings.origins, isEncrypted: isEncrypted)
    forms = MessageForms()
  }

  /// Finds out what a request is for. O(head).
  ///
  /// - Throws: refusals with 404, 405, 415, and what the Connect protocol asks of a request.
  func reply(to head: WebHead) throws(WebRefusal) -> Reply {
    if head.method == .options { return .page(preflight) }
    if let method = try MethodRequest(head, dispatcher, forms) { return .method(method) }
    // What is nowhere is nowhere, however it is asked for.
    guard let reply = page(at: head.path) else { throw Self.unknown(head) }
    guard head.method == .get || head.method == .head else { throw Self.notAllowed("GET, HEAD", head) }
    return reply(head)
  }

  /// What answers at a path; `nil` if nothing does.
  private func page(at path: [String]) -> ((WebHead) -> Reply)? {
    if path.isEmpty { return { _ in .page(IndexPage.page(of: settings.folders)) } }
    if path == ["metrics"], let metrics = settings.metrics { return { _ in .guarded(metrics) } }
    if path == ["health"], let health = settings.health { return { _ in .page(health()) } }
    // The longest path that fits: a folder may lie in another one.
    let fitting = settings.folders.filter { path.starts(with: $0.path) }
    guard let folder = fitting.max(by: { $0.path.count < $1.path.count }) else { return nil }
    return { head in
      let request = PageRequest(
        path: Array(path.dropFirst(folder.path.count)), query: head.query, knownTag: head.knownTag,
        base: origins.base(of: head))
      return switch folder.reply(to: request) {
      case .answer(let page): .page(page)
      case .call(let call): .call(call)
      }
    }
  }

  private static func unknown(_ head: WebHead) -> WebRefusal {
    WebRefusal(
      404, CallStatus(.unknownMethod, "there is no such method or page", value: "/" + head.path.joined(separator: "/")))
  }

  static func notAllowed(_ methods: String, _ head: WebHead) -> WebRefusal {
    WebRefusal(
      405, CallStatus(.malformedFrame, "asked by one of: \(methods)", value: "\(head.method)"),
      headers: [("allow", methods)])
  }

  private var preflight: PageAnswer {
    PageAnswer(
      status: 204, contentType: "", body: [],
      headers: [
        ("access-control-allow-methods", "GET, HEAD, POST"),
        (
          "access-control-allow-headers",
          "authorization, content-type, accept, connect-protocol-version, connect-timeout-ms, if-none-match"
        ),
        ("access-control-max-age", "600"),
      ])
  }
}

extension WebHead {
  /// The entity tag of what the caller has.
  var knownTag: String? {
    header("if-none-match").map { tag in
      (tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]).trimmingCharacters(in: ["\""])
    }
  }
}
#endif
