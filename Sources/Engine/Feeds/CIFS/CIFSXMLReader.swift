import CExpat
import Foundation

/// Reads a CIFS feed in XML: `<incidents><incident id="…"><type>…</type>…</incident>…</incidents>`.
///
/// By expat, not by Foundation's parser: that one ends the process at some damaged files.
final class CIFSXMLReader {
  private let parser: OpaquePointer
  private var incidents: [CIFSIncident] = []
  private var incident: CIFSIncident?
  /// Names of the elements that are open.
  private var path: [String] = []
  private var root = ""
  /// What was read of the innermost element.
  private var text: [UInt8] = []
  private var hasDocumentType = false

  /// All incidents of a feed. Throws if it isn't XML, is cut short, or has another root. O(bytes).
  static func incidents(in data: Data) throws(FeedError) -> [CIFSIncident] {
    guard let parser = XML_ParserCreate(nil) else { throw FeedError(.notXML, "no memory for an XML parser") }
    defer { XML_ParserFree(parser) }
    let reader = CIFSXMLReader(parser)
    let isWhole = withExtendedLifetime(reader) { reader.parse(data) }
    guard !reader.hasDocumentType else { throw FeedError(.notXML, "XML with a document type", value: reader.root) }
    guard isWhole else {
      throw FeedError(.notXML, "not XML, or cut short, in line \(XML_GetCurrentLineNumber(parser))")
    }
    guard reader.root == "incidents" else {
      throw FeedError(.wrongEnvelope, "not a CIFS feed: it needs incidents", value: reader.root)
    }
    return reader.incidents
  }

  private init(_ parser: OpaquePointer) {
    self.parser = parser
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { context, name, attributes in
        guard let reader = CIFSXMLReader.of(context), let name, let attributes else { return }
        reader.start(String(cString: name), attributes)
      },
      { context, _ in CIFSXMLReader.of(context)?.end() })
    XML_SetCharacterDataHandler(parser) { context, bytes, count in
      guard let bytes, count > 0 else { return }
      CIFSXMLReader.of(context)?.text += UnsafeRawBufferPointer(start: bytes, count: Int(count))
    }
    // Feeds have none; pages for browsers do, and so do entities that grow without bound.
    XML_SetStartDoctypeDeclHandler(parser) { context, name, _, _, _ in
      guard let reader = CIFSXMLReader.of(context) else { return }
      reader.hasDocumentType = true
      reader.root = name.map { String(cString: $0) } ?? ""
      XML_StopParser(reader.parser, 0)
    }
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> CIFSXMLReader? {
    context.map { Unmanaged<CIFSXMLReader>.fromOpaque($0).takeUnretainedValue() }
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

  private func start(_ name: String, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>) {
    if path.isEmpty { root = name }
    path.append(name)
    text.removeAll(keepingCapacity: true)
    if path == ["incidents", "incident"] {
      var incident = CIFSIncident(line: Int(XML_GetCurrentLineNumber(parser)))
      for index in stride(from: 0, to: Int.max, by: 2) {
        guard let key = attributes[index], let value = attributes[index + 1] else { break }
        if String(cString: key) == "id" { incident.add("id", String(cString: value)) }
      }
      self.incident = incident
    }
    if path.dropLast().last == "schedule" { incident?.add("schedule", name) }
  }

  private func end() {
    if path == ["incidents", "incident"] {
      if let incident { incidents.append(incident) }
      incident = nil
    } else if let name = path.last {
      incident?.add(name, String(decoding: text, as: UTF8.self))
    }
    text.removeAll(keepingCapacity: true)
    path.removeLast()
  }
}
