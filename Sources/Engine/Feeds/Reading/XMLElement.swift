import CExpat
import Foundation

/// An element of XML with all that is in it. Names are without the prefixes of their name spaces.
struct XMLElement {
  let name: String
  var attributes: [String: String] = [:]
  var children: [XMLElement] = []
  /// Of the element itself, without white space at both ends.
  var text = ""
  let line: Int

  /// The first element of a name in it.
  subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

  /// The first element of a name in it, however deep. O(elements).
  func first(_ name: String) -> XMLElement? {
    for child in children {
      if child.name == name { return child }
      if let found = child.first(name) { return found }
    }
    return nil
  }

  /// The text of the element at the end of a path; empty if there is none.
  func text(_ path: String...) -> String {
    path.reduce(self) { element, name in element?[name] }?.text ?? ""
  }
}

/// Reads XML as a whole.
///
/// By expat, not by Foundation's parser: that one ends the process at some damaged files.
final class XMLTreeReader {
  private let parser: OpaquePointer
  /// Elements that are open, the root first.
  private var open: [XMLElement] = []
  private var texts: [[UInt8]] = []
  private var root: XMLElement?
  private var hasDocumentType = false
  private var isTooDeep = false
  /// No format that is read is as deep.
  private static let depthMax = 64

  /// The root of a file. Throws if it isn't XML, is cut short, or has a document type. O(bytes).
  static func root(of data: Data) throws(FeedError) -> XMLElement {
    guard let parser = XML_ParserCreate(nil) else { throw FeedError(.notXML, "no memory for an XML parser") }
    defer { XML_ParserFree(parser) }
    let reader = XMLTreeReader(parser)
    let isWhole = withExtendedLifetime(reader) { reader.parse(data) }
    guard !reader.hasDocumentType else { throw FeedError(.notXML, "XML with a document type") }
    guard !reader.isTooDeep else { throw FeedError(.notXML, "XML that is deeper than \(depthMax) elements") }
    guard isWhole, let root = reader.root else {
      throw FeedError(.notXML, "not XML, or cut short, in line \(XML_GetCurrentLineNumber(parser))")
    }
    return root
  }

  private init(_ parser: OpaquePointer) {
    self.parser = parser
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { context, name, attributes in
        guard let name, let attributes else { return }
        XMLTreeReader.of(context)?.start(String(cString: name), attributes)
      },
      { context, _ in XMLTreeReader.of(context)?.end() })
    XML_SetCharacterDataHandler(parser) { context, bytes, count in
      guard let bytes, count > 0, let reader = XMLTreeReader.of(context), !reader.texts.isEmpty else { return }
      reader.texts[reader.texts.count - 1] += UnsafeRawBufferPointer(start: bytes, count: Int(count))
    }
    // Feeds have none; pages for browsers do, and so do entities that grow without bound.
    XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
      guard let reader = XMLTreeReader.of(context) else { return }
      reader.hasDocumentType = true
      XML_StopParser(reader.parser, 0)
    }
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> XMLTreeReader? {
    context.map { Unmanaged<XMLTreeReader>.fromOpaque($0).takeUnretainedValue() }
  }

  /// False if the file is not XML from its beginning to its end. In pieces, as expat counts in 32 bits.
  private func parse(_ data: Data) -> Bool {
    let pieceBytes = 1 << 20
    for start in stride(from: data.startIndex, to: data.endIndex, by: pieceBytes) {
      let end = min(start + pieceBytes, data.endIndex)
      let status = data[start..<end].withUnsafeBytes { bytes in
        XML_Parse(
          parser, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), end == data.endIndex ? 1 : 0)
      }
      guard status == XML_STATUS_OK else { return false }
    }
    return true
  }

  private static func local(_ name: String) -> String {
    name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
  }

  private func start(_ name: String, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>) {
    guard open.count < Self.depthMax else {
      isTooDeep = true
      XML_StopParser(parser, 0)
      return
    }
    var element = XMLElement(name: Self.local(name), line: Int(XML_GetCurrentLineNumber(parser)))
    for index in stride(from: 0, to: Int.max, by: 2) {
      guard let key = attributes[index], let value = attributes[index + 1] else { break }
      element.attributes[Self.local(String(cString: key))] = String(cString: value)
    }
    open.append(element)
    texts.append([])
  }

  private func end() {
    guard var element = open.popLast(), let bytes = texts.popLast() else { return }
    element.text = String(decoding: bytes, as: UTF8.self).trimmed
    if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
  }
}
