import Foundation

/// The envelope of all answers of Korea's national traffic centre, whose times have no zone:
/// `{"header":{"resultCode":0,"resultMsg":"success"},"body":{"totalCount":8,"items":[…]}}`.
enum ITSEnvelope {
  /// The items; none if the body says that there are none. Throws what the source answers instead. O(bytes).
  static func items(in data: Data) throws(FeedError) -> [Any] {
    let root = try JSONObject(file: data)
    guard let header = root.object("header"), header.has("resultCode") else {
      throw FeedError(
        .wrongEnvelope, "not an answer of ITS: it needs a header", value: root.keys.joined(separator: " "))
    }
    guard header.number("resultCode") == 0 else {
      throw FeedError(
        .refused, "ITS answers with an error", value: "\(header.text("resultCode")) \(header.text("resultMsg"))")
    }
    guard let body = root.object("body") else { throw FeedError(.wrongEnvelope, "an answer of ITS without a body") }
    if let items = body.list("items") ?? body.object("items")?.list("item") { return items }
    guard body.number("totalCount") == 0 else { throw FeedError(.wrongEnvelope, "an answer of ITS without items") }
    return []
  }
}
