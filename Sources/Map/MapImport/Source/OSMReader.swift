import COsmium
import Foundation

/// The door to libosmium: the only file that speaks its C functions.
struct OSMReader {
  private let source: OSMSource

  init(_ source: OSMSource) { self.source = source }

  /// Streams the objects of `selection`, batch by batch in the order of the source. Batches do not outlive the call.
  func read(_ selection: OSMSelection, _ body: (OSMBatch) -> Void) throws(ImportError) {
    var error = tocsin_osm_error()
    let code = withoutActuallyEscaping(body) { body in
      let receiver = BatchReceiver(body)
      let context = Unmanaged.passUnretained(receiver).toOpaque()
      return withExtendedLifetime(receiver) {
        selection.withOptions { options in
          var options = options
          switch source {
          case .file(let path):
            return tocsin_osm_read_file(path, nil, &options, BatchReceiver.callback, context, &error)
          case .text(let opl):
            return opl.withUTF8Bytes { bytes, count in
              tocsin_osm_read_buffer(bytes, count, "opl", &options, BatchReceiver.callback, context, &error)
            }
          }
        }
      }
    }
    try check(code, error, path: source.name)
  }

  func convert(toPBF path: String) throws(ImportError) {
    var error = tocsin_osm_error()
    let code =
      switch source {
      case .file(let input): tocsin_osm_convert_file(input, nil, path, &error)
      case .text(let opl):
        opl.withUTF8Bytes { bytes, count in tocsin_osm_convert_buffer(bytes, count, "opl", path, &error) }
      }
    try check(code, error, path: code == TOCSIN_OSM_WRITE_FAILED ? path : source.name)
  }

  private func check(_ code: tocsin_osm_code, _ error: tocsin_osm_error, path: String) throws(ImportError) {
    let name: ImportError.Code
    switch code {
    case TOCSIN_OSM_OK: return
    case TOCSIN_OSM_NOT_FOUND: name = .notFound
    case TOCSIN_OSM_UNKNOWN_FORMAT: name = .unknownFormat
    case TOCSIN_OSM_WRITE_FAILED: name = .writeFailed
    case TOCSIN_OSM_OUT_OF_MEMORY: name = .outOfMemory
    default: name = .unreadable
    }
    let message = withUnsafeBytes(of: error.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    throw ImportError(name, path: path, message)
  }
}

/// Which objects a read gives out.
enum OSMSelection {
  /// Ways that can be roads, and relations that can be turn restrictions.
  case roadsAndRestrictions
  case nodes

  private static let wayKeys: [TagKey] = ["highway", "route"]
  private static let relationKeys: [TagKey] = [
    "restriction", "restriction:conditional", "restriction:motorcar", "restriction:motorcar:conditional",
    "restriction:motor_vehicle", "restriction:motor_vehicle:conditional", "restriction:vehicle",
    "restriction:vehicle:conditional", "restriction:emergency", "restriction:hgv", "restriction:hgv:conditional",
    "restriction:bus",
  ]

  fileprivate func withOptions<Result>(_ body: (tocsin_osm_options) -> Result) -> Result {
    var options = tocsin_osm_options()
    guard case .roadsAndRestrictions = self else {
      options.kinds = Int32(TOCSIN_OSM_NODES)
      return body(options)
    }
    options.kinds = Int32(TOCSIN_OSM_WAYS | TOCSIN_OSM_RELATIONS)
    return Self.wayKeys.withCStrings { wayKeys in
      Self.relationKeys.withCStrings { relationKeys in
        options.way_keys = wayKeys
        options.relation_keys = relationKeys
        return body(options)
      }
    }
  }
}

/// Some objects of a source, valid until the read goes on.
struct OSMBatch {
  fileprivate let batch: tocsin_osm_batch

  var nodesRead: Int { Int(batch.nodes_read) }
  var waysRead: Int { Int(batch.ways_read) }
  var relationsRead: Int { Int(batch.relations_read) }
  /// Share of the file that was read, 0...1.
  var progress: Double { batch.file_bytes == 0 ? 1 : Double(batch.bytes_read) / Double(batch.file_bytes) }

  func forEachNode(_ body: (OSMNode) -> Void) {
    for node in UnsafeBufferPointer(start: batch.nodes, count: batch.node_count) {
      body(
        OSMNode(
          id: node.id, latitudeE7: node.latitude_e7, longitudeE7: node.longitude_e7,
          tags: tags(node.first_tag, node.tag_count)))
    }
  }

  func forEachWay(_ body: (OSMWay) -> Void) {
    for way in UnsafeBufferPointer(start: batch.ways, count: batch.way_count) {
      let nodes = rows(batch.way_nodes, way.first_node, way.node_count)
      body(OSMWay(id: way.id, nodes: nodes, tags: tags(way.first_tag, way.tag_count)))
    }
  }

  func forEachRelation(_ body: (OSMRelation) -> Void) {
    for relation in UnsafeBufferPointer(start: batch.relations, count: batch.relation_count) {
      let members = rows(batch.members, relation.first_member, relation.member_count)
      body(
        OSMRelation(
          id: relation.id, members: members.map(OSMMember.init), tags: tags(relation.first_tag, relation.tag_count)))
    }
  }

  private func tags(_ first: UInt32, _ count: UInt32) -> OSMTags {
    OSMTags(tags: rows(batch.tags, first, count))
  }

  /// A batch in which no object has any has a null pointer in place of the table.
  private func rows<Row>(_ table: UnsafePointer<Row>?, _ first: UInt32, _ count: UInt32) -> UnsafeBufferPointer<Row> {
    UnsafeBufferPointer(start: table.map { $0 + Int(first) }, count: Int(count))
  }
}

struct OSMNode {
  let id: Int64
  let latitudeE7: Int32
  let longitudeE7: Int32
  let tags: OSMTags

  var hasCoordinate: Bool { latitudeE7 != TOCSIN_OSM_NO_COORDINATE }
}

extension OSMNode {
  /// The same OSM node with other tags.
  func replacingTags(_ tags: OSMTags) -> OSMNode {
    OSMNode(id: id, latitudeE7: latitudeE7, longitudeE7: longitudeE7, tags: tags)
  }
}

struct OSMWay {
  let id: Int64
  let nodes: UnsafeBufferPointer<Int64>
  let tags: OSMTags
}

struct OSMRelation {
  let id: Int64
  let members: [OSMMember]
  let tags: OSMTags
}

struct OSMMember {
  enum Kind { case node, way, relation }

  let id: Int64
  let kind: Kind
  let role: String

  fileprivate init(_ member: tocsin_osm_member) {
    id = member.id
    role = String(cString: member.role)
    switch member.kind {
    case Int32(TOCSIN_OSM_NODES): kind = .node
    case Int32(TOCSIN_OSM_WAYS): kind = .way
    default: kind = .relation
    }
  }
}

/// The tags of one object, valid as long as its batch.
struct OSMTags {
  fileprivate let tags: UnsafeBufferPointer<tocsin_osm_tag>
  /// Tags that are read in place of what the object has; of several for one key the last one.
  private var replacements: [(key: TagKey, value: String)] = []

  fileprivate init(tags: UnsafeBufferPointer<tocsin_osm_tag>) { self.tags = tags }

  var isEmpty: Bool { tags.isEmpty }

  /// The value of `key`; `nil` if the object does not have it. O(tags).
  subscript(key: TagKey) -> String? {
    let name = key.cString
    if let other = replacements.last(where: { strcmp($0.key.cString, name) == 0 }) { return other.value }
    for tag in tags where tag.key[0] == name[0] && strcmp(tag.key, name) == 0 { return String(cString: tag.value) }
    return nil
  }

  /// The object's own tags whose keys end with `suffix`. O(tags).
  func entries(endingWith suffix: TagKey) -> [(key: String, value: String)] {
    let suffixLength = strlen(suffix.cString)
    return tags.lazy.filter { tag in
      let length = strlen(tag.key)
      return length >= suffixLength && strcmp(tag.key + (length - suffixLength), suffix.cString) == 0
    }.map { (String(cString: $0.key), String(cString: $0.value)) }
  }

  /// The same tags, but for the value of one key.
  func replacing(_ key: TagKey, with value: String) -> OSMTags {
    var tags = self
    tags.replacements.append((key, value))
    return tags
  }
}

/// A key of tags, as C reads it.
struct TagKey: ExpressibleByStringLiteral, CustomStringConvertible, @unchecked Sendable {
  // Unchecked: the text is neither written nor freed.
  fileprivate let cString: UnsafePointer<CChar>

  /// A literal ends with a zero byte.
  init(stringLiteral text: StaticString) {
    cString = UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
  }

  /// A key that is put together; for constants, since its text is never freed.
  init(_ text: String) { cString = UnsafePointer(strdup(text)) }

  var description: String { String(cString: cString) }
}

/// Carries a Swift closure through a C context pointer.
private final class BatchReceiver {
  private let body: (OSMBatch) -> Void

  init(_ body: @escaping (OSMBatch) -> Void) { self.body = body }

  static let callback: tocsin_osm_callback = { context, batch in
    guard let context, let batch else { return 1 }
    Unmanaged<BatchReceiver>.fromOpaque(context).takeUnretainedValue().body(OSMBatch(batch: batch.pointee))
    return 0
  }
}

extension String {
  fileprivate func withUTF8Bytes<Result>(_ body: (UnsafePointer<CChar>?, Int) -> Result) -> Result {
    var copy = self
    return copy.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { body($0.baseAddress, $0.count) }
    }
  }
}

extension [TagKey] {
  /// The texts as a C list that ends with a null pointer.
  fileprivate func withCStrings<Result>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result) -> Result {
    var pointers = map { Optional($0.cString) }
    pointers.append(nil)
    return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
