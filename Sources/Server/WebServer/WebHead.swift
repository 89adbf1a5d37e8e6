#if Web
import Foundation
import HTTPTypes
import Messages
import WebPages

/// What the head of a request says.
struct WebHead {
  let method: HTTPRequest.Method
  /// Its parts, decoded.
  let path: [String]
  let query: [(name: String, value: String)]
  let headers: HTTPFields
  /// `host` or `host:port`, as the caller wrote it.
  let authority: String
  /// The token of `authorization: Bearer TOKEN`; empty without one.
  let token: String
  /// The content type without its parameters, in lower case; empty without one.
  let contentType: String

  private static let bearer = "bearer "
  /// Where tokens would end up in logs and histories.
  private static let tokenNames: Set = ["access_token", "token", "authorization"]

  /// - Throws: a refusal with 400 for what no request has: a path that can't be decoded, a token in the URL.
  init(_ request: HTTPRequest) throws(WebRefusal) {
    (method, headers) = (request.method, request.headerFields)
    let target = request.path ?? "/"
    guard target.utf8.first == UInt8(ascii: "/"), target.utf8.count <= WebLimits.urlBytesMax else {
      throw Self.malformed("the request is for a path", String(target.prefix(100)))
    }
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = try Self.path(parts[0])
    query = try Self.query(parts.count > 1 ? parts[1] : "")
    if let item = query.first(where: { Self.tokenNames.contains($0.name.lowercased()) }) {
      throw Self.malformed("a token never stands in a URL: send it as authorization: Bearer", item.name)
    }
    authority = request.authority ?? ""
    let authorization = headers[.authorization] ?? ""
    token =
      authorization.prefix(Self.bearer.count).lowercased() == Self.bearer
      ? String(authorization.dropFirst(Self.bearer.count)) : ""
    contentType = Self.type(of: headers[.contentType] ?? "")
  }

  /// The value of a name of the query.
  subscript(name: String) -> String? { query.last { $0.name == name }?.value }

  func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

  private static func path(_ text: Substring) throws(WebRefusal) -> [String] {
    let parts = text.split(separator: "/")
    guard parts.count <= WebLimits.pathPartsMax else {
      throw malformed("a path has at most \(WebLimits.pathPartsMax) parts", "\(parts.count)")
    }
    var decoded: [String] = []
    for part in parts { decoded.append(try plain(part)) }
    return decoded
  }

  private static func query(_ text: Substring) throws(WebRefusal) -> [(name: String, value: String)] {
    let items = text.split(separator: "&")
    guard items.count <= WebLimits.queryItemsMax else {
      throw malformed("a query has at most \(WebLimits.queryItemsMax) values", "\(items.count)")
    }
    var decoded: [(name: String, value: String)] = []
    for item in items {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      decoded.append((try plain(parts[0]), parts.count > 1 ? try plain(parts[1], plus: " ") : ""))
    }
    return decoded
  }

  /// A text of a URL without its escapes.
  ///
  /// - Parameter plus: what a plus sign stands for; in a query it is a blank, as forms send it.
  private static func plain(_ text: Substring, plus: Character = "+") throws(WebRefusal) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
      return String(text)
    }
    let spaced = text.replacing("+", with: String(plus))
    guard let plain = spaced.removingPercentEncoding else {
      throw malformed("no escapes of UTF-8", String(text.prefix(100)))
    }
    return plain
  }

  /// The type itself, such as `application/json` of `application/json; charset=utf-8`.
  static func type(of value: String) -> String {
    value.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
  }

  static func malformed(_ message: String, _ value: String) -> WebRefusal {
    WebRefusal(CallStatus(.malformedFrame, message, value: value))
  }
}
#endif
