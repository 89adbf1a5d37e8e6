#if Web
import Foundation
import Framing
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

  /// Where tokens would end up in logs and histories.
  private static let tokenNames: Set = ["access_token", "token", "authorization"]

  /// - Throws: a refusal with 400 for what no request has: a path that can't be decoded, a token in the URL.
  init(_ request: HTTPRequest) throws(WebRefusal) {
    (method, headers) = (request.method, request.headerFields)
    let target: RequestTarget
    do throws(CallStatus) {
      target = try RequestTarget(
        request.path ?? "/", partsMax: WebLimits.pathPartsMax, itemsMax: WebLimits.queryItemsMax)
    } catch {
      throw WebRefusal(error)
    }
    (path, query) = (target.path, target.query)
    if let item = query.first(where: { Self.tokenNames.contains($0.name.lowercased()) }) {
      throw WebRefusal(
        CallStatus(
          .malformedFrame, "a token never stands in a URL: send it as authorization: Bearer", value: item.name))
    }
    authority = request.authority ?? ""
    token = BearerToken.read(headers[.authorization])
    contentType = Self.type(of: headers[.contentType] ?? "")
  }

  /// The value of a name of the query.
  subscript(name: String) -> String? { query.last { $0.name == name }?.value }

  func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

  /// The type itself, such as `application/json` of `application/json; charset=utf-8`.
  static func type(of value: String) -> String {
    value.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
  }
}
#endif
