import CCurl
import Foundation
import TOMLText

/// Where a feed's content comes from: a file, standard input, or a page that is fetched.
///
/// A page is asked for with what it said of its version (`ETag`, `Last-Modified`): one that hasn't changed is not sent
/// again, and counts as read.
struct FeedFile {
  let path: String
  let secondsMax: Double
  /// Decompressed.
  let bytesMax: Int
  private var page = Page()

  /// A page as it was last fetched.
  private struct Page {
    var etag = ""
    var lastModified = ""
    var data: Data?
  }

  init(_ path: String, secondsMax: Double, bytesMax: Int = FeedLimits.fileBytes) {
    (self.path, self.secondsMax, self.bytesMax) = (path, secondsMax, bytesMax)
  }

  var isPage: Bool { ["http://", "https://"].contains { path.lowercased().hasPrefix($0) } }

  /// The content now. Throws `FEED_UNREADABLE`.
  mutating func read() throws -> Data {
    if isPage { return try fetch() }
    if path == "-" { return try FileHandle.standardInput.readToEnd() ?? Data() }
    guard let data = PlainFile.bytes(of: path, upTo: bytesMax + 1) else { throw failure("the file can't be read") }
    guard data.count <= bytesMax else { throw failure("larger than \(bytesMax) bytes") }
    return data
  }

  private mutating func fetch() throws -> Data {
    var answer = tocsin_fetch_answer()
    defer { tocsin_fetch_free(&answer) }
    let page = page
    path.withCString { url in
      page.etag.withCString { etag in
        page.lastModified.withCString { lastModified in
          var request = tocsin_fetch_request(
            url: url, etag: etag, last_modified: lastModified, seconds_max: Int(secondsMax.rounded(.up)),
            bytes_max: bytesMax)
          tocsin_fetch(&request, &answer)
        }
      }
    }
    guard answer.outcome == Int32(TOCSIN_FETCH_DONE) else { throw failure(Self.text(of: answer.message)) }
    if answer.status == 304, let data = page.data { return data }
    guard answer.status == 200 else { throw failure("the server answers with status \(answer.status)") }
    let data = answer.bytes.map { Data(bytes: $0, count: answer.count) } ?? Data()
    self.page = Page(etag: Self.text(of: answer.etag), lastModified: Self.text(of: answer.last_modified), data: data)
    return data
  }

  private func failure(_ message: String) -> CommandFailure {
    CommandFailure("FEED_UNREADABLE", message, value: path)
  }

  /// The text in an array of C.
  private static func text<Characters>(of characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// What a feed may be.
enum FeedLimits {
  /// A country's is some megabytes.
  static let fileBytes = 64 << 20
}
