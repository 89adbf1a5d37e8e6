import WebPages

/// `/openapi.json`: what can be asked over HTTP, for programs that make clients or forms of it.
public struct OpenAPIFolder: PageFolder {
  public let path = ["openapi.json"]
  private let document: PageAnswer

  /// Makes the document, once. O(methods and messages).
  ///
  /// - Parameters:
  ///   - version: of the program.
  ///   - folders: whose pages are told as well.
  public init(version: String, folders: [any PageFolder] = []) {
    let pages = folders.flatMap(\.descriptions) + [Self.itself]
    let json = OpenAPIDocument(version: version, pages: pages).json
    document = PageAnswer(contentType: "application/json", body: json, tag: Self.tag(json))
  }

  public func reply(to request: PageRequest) -> PageReply {
    guard request.path.isEmpty else {
      return .answer(PageAnswer(status: 404, contentType: "text/plain; charset=utf-8", body: Array("Not found\n".utf8)))
    }
    return .answer(document)
  }

  public var descriptions: [PageDescription] { [Self.itself] }

  private static let itself = PageDescription(
    "/openapi.json", group: "Documents", title: "This document",
    answers: [.init(200, "application/json", "OpenAPI 3.1.")])

  /// A name for these bytes: FNV-1a of 64 bits.
  private static func tag(_ bytes: [UInt8]) -> String {
    let hash = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return String(hash, radix: 16)
  }
}
