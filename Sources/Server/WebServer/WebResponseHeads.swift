#if Web
import HTTPTypes
import HummingbirdCore
import NIOCore
import WebPages

/// The heads of answers: what they are, and what browsers may do with them.
struct WebResponseHeads {
  /// The foreign origin that asks.
  let origin: String?
  /// True if the caller wants the head only.
  let isHead: Bool
  let closes: Bool
  /// The entity tag of what the caller has.
  let knownTag: String?

  /// Of a page that says nothing else: nothing is loaded, no other page shows it.
  private static let plainPolicy = "default-src 'none'; frame-ancestors 'none'"

  func page(_ whole: PageAnswer) -> (HTTPResponse, ResponseBody) {
    var page = whole
    if page.status == 200, let tag = page.tag, tag == knownTag { (page.status, page.contentType) = (304, "") }
    var response = HTTPResponse(status: .init(code: page.status))
    if !page.contentType.isEmpty { response.headerFields[.contentType] = page.contentType }
    addCommon(to: &response)
    if let tag = page.tag { response.headerFields[.eTag] = "\"\(tag)\"" }
    response.headerFields[.cacheControl] = page.tag == nil ? "no-store" : "private, no-cache"
    for (name, value) in page.headers {
      if let name = HTTPField.Name(name), HTTPField.isValidValue(value) { response.headerFields[name] = value }
    }
    // These have no body.
    guard page.status != 204, page.status != 304 else { return (response, ResponseBody()) }
    response.headerFields[.contentLength] = String(page.body.count)
    return (response, isHead ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: page.body)))
  }

  func stream(_ type: String) -> HTTPResponse {
    var response = HTTPResponse(status: .ok)
    response.headerFields[.contentType] = type
    response.headerFields[.cacheControl] = "no-store"
    addCommon(to: &response)
    return response
  }

  private func addCommon(to response: inout HTTPResponse) {
    response.headerFields[.contentSecurityPolicy] = Self.plainPolicy
    response.headerFields[.xContentTypeOptions] = "nosniff"
    if let name = HTTPField.Name("referrer-policy") { response.headerFields[name] = "no-referrer" }
    response.headerFields[.vary] = "Origin"
    response.headerFields[.date] = HTTPDate.text()
    if let origin {
      response.headerFields[.accessControlAllowOrigin] = origin
      response.headerFields[.accessControlExposeHeaders] = "tocsin-code, etag"
    }
    if closes { response.headerFields[.connection] = "close" }
  }
}
#endif
