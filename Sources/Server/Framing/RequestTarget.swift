import Foundation
import Messages

/// What a request over HTTP is for: the path and the query of its URL, decoded.
public struct RequestTarget: Sendable {
  /// The path's parts; empty ones are passed over.
  public let path: [String]
  public let query: [(name: String, value: String)]

  private static let shownCharacters = 100

  /// Reads such as `/route/v1/driving/127.0,37.5;127.1,37.6?overview=false`. O(bytes).
  ///
  /// - Throws: `MALFORMED_FRAME` for what is no path, has more parts or items than it may, or
  ///   escapes that are no UTF-8.
  public init(_ text: String, partsMax: Int, itemsMax: Int) throws(CallStatus) {
    guard text.utf8.first == UInt8(ascii: "/") else {
      throw Self.malformed("the request is for a path", text[...])
    }
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let steps = parts[0].split(separator: "/")
    guard steps.count <= partsMax else {
      throw Self.malformed("a path has at most \(partsMax) parts", "\(steps.count)")
    }
    let items = parts.count > 1 ? parts[1].split(separator: "&") : []
    guard items.count <= itemsMax else {
      throw Self.malformed("a query has at most \(itemsMax) values", "\(items.count)")
    }
    var path: [String] = []
    for step in steps { path.append(try Self.plain(step)) }
    var query: [(name: String, value: String)] = []
    for item in items {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        // As forms write blanks.
        .map { Substring($0.replacing("+", with: " ")) }
      query.append((try Self.plain(parts[0]), parts.count > 1 ? try Self.plain(parts[1]) : ""))
    }
    (self.path, self.query) = (path, query)
  }

  private static func plain(_ text: Substring) throws(CallStatus) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    guard let plain = text.removingPercentEncoding else { throw malformed("no escapes of UTF-8", text) }
    return plain
  }

  private static func malformed(_ message: String, _ value: Substring) -> CallStatus {
    CallStatus(.malformedFrame, message, value: String(value.prefix(shownCharacters)))
  }
}
