import Geometry

/// One OSM node as a line of OPL text.
public struct OPLNode: Sendable {
  /// The OSM id.
  public var id: Int64
  public var coordinate: Coordinate
  /// Keys and values in the order of the line.
  public var tags: [(String, String)]

  /// An OSM node; nothing is checked.
  public init(id: Int64, coordinate: Coordinate, tags: [(String, String)] = []) {
    (self.id, self.coordinate, self.tags) = (id, coordinate, tags)
  }
}

/// One OSM way as a line of OPL text.
public struct OPLWay: Sendable {
  /// The OSM id.
  public var id: Int64
  /// Ids of the OSM nodes from the way's start to its end.
  public var nodes: [Int64]
  /// Keys and values in the order of the line.
  public var tags: [(String, String)]

  /// An OSM way; nothing is checked.
  public init(id: Int64, nodes: [Int64], tags: [(String, String)] = []) {
    (self.id, self.nodes, self.tags) = (id, nodes, tags)
  }
}

/// What a member of a relation refers to.
public enum OPLMemberType: Character, Sendable {
  /// An OSM node.
  case node = "n"
  /// An OSM way.
  case way = "w"
  /// A relation.
  case relation = "r"
}

/// One relation as a line of OPL text.
public struct OPLRelation: Sendable {
  /// The OSM id.
  public var id: Int64
  /// The members with their types, ids and roles (`from`, `via`, `to`).
  public var members: [(type: OPLMemberType, ref: Int64, role: String)]
  /// Keys and values in the order of the line.
  public var tags: [(String, String)]

  /// A relation; nothing is checked.
  public init(
    id: Int64, members: [(type: OPLMemberType, ref: Int64, role: String)], tags: [(String, String)] = []
  ) { (self.id, self.members, self.tags) = (id, members, tags) }
}

/// Writes OSM objects as OPL text, one object per line (https://osmcode.org/opl-file-format/).
///
/// Readers expect all OSM nodes first, then all OSM ways, then all relations, each sorted by id; the caller keeps
/// that order.
public struct OPLWriter: Sendable {
  private(set) var bytes: [UInt8] = []

  /// An empty text.
  public init() {}

  /// The text so far.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Adds the line of one OSM node.
  public mutating func append(_ node: OPLNode) {
    begin("n", id: node.id, tags: node.tags)
    append(" x")
    append(degreesE7: node.coordinate.longitudeE7)
    append(" y")
    append(degreesE7: node.coordinate.latitudeE7)
    append("\n")
  }

  /// Adds the line of one OSM way.
  public mutating func append(_ way: OPLWay) {
    begin("w", id: way.id, tags: way.tags)
    append(" N")
    for (position, node) in way.nodes.enumerated() {
      append(position == 0 ? "n" : ",n")
      append(number: node)
    }
    append("\n")
  }

  /// Adds the line of one relation.
  public mutating func append(_ relation: OPLRelation) {
    begin("r", id: relation.id, tags: relation.tags)
    append(" M")
    for (position, member) in relation.members.enumerated() {
      if position > 0 { append(",") }
      bytes.append(contentsOf: String(member.type.rawValue).utf8)
      append(number: member.ref)
      append("@")
      append(escaping: member.role)
    }
    append("\n")
  }

  /// Forgets the text but keeps its memory.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  private mutating func begin(_ letter: StaticString, id: Int64, tags: [(String, String)]) {
    append(letter)
    append(number: id)
    append(" v1")
    for (position, tag) in tags.enumerated() {
      append(position == 0 ? " T" : ",")
      append(escaping: tag.0)
      append("=")
      append(escaping: tag.1)
    }
  }

  private mutating func append(_ text: StaticString) { text.withUTF8Buffer { bytes.append(contentsOf: $0) } }

  /// Adds a string as OPL writes it: what separates fields, and what cannot be printed, becomes `%hex%`.
  mutating func append(escaping string: String) {
    if string.utf8.allSatisfy(OPLWriter.isPlain) {
      bytes.append(contentsOf: string.utf8)
      return
    }
    for scalar in string.unicodeScalars {
      if OPLWriter.mustEscape(scalar) {
        append("%")
        bytes.append(contentsOf: String(scalar.value, radix: 16).utf8)
        append("%")
      } else {
        bytes.append(contentsOf: scalar.utf8)
      }
    }
  }

  /// A printable ASCII character that separates nothing; most strings hold no other.
  private static func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F && !"%,=@".utf8.contains(byte) }

  private static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? !isPlain(UInt8(scalar.value)) : scalar.value <= 0xA0 || scalar.properties.isWhitespace
  }

  private mutating func append(number: Int64) {
    if number < 0 { append("-") }
    append(digitsOf: number.magnitude, atLeast: 1)
  }

  private mutating func append(degreesE7: Int32) {
    let scale: UInt32 = 10_000_000
    if degreesE7 < 0 { append("-") }
    append(digitsOf: UInt64(degreesE7.magnitude / scale), atLeast: 1)
    append(".")
    append(digitsOf: UInt64(degreesE7.magnitude % scale), atLeast: 7)
  }

  private mutating func append(digitsOf value: UInt64, atLeast count: Int) {
    let start = bytes.count
    var rest = value
    while rest > 0 || bytes.count - start < count {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    }
    bytes[start...].reverse()
  }
}
