@testable import DemoCity

/// A small reader of OPL text for the tests, written apart from the writer.
struct OPLText: Sendable {
  struct Way: Sendable {
    var id: Int64
    var nodes: [Int64]
    var tags: [String: String]

    var isRoad: Bool { tags["highway"] != nil }
    var isOneWay: Bool { tags["oneway"] == "yes" || tags["junction"] == "roundabout" }
    /// Whether a private car may drive here at all.
    var isOpenToCars: Bool { isRoad && !["no", "emergency", "private"].contains(tags["access"] ?? "") }
  }

  struct Relation: Sendable {
    var id: Int64
    var members: [(kind: Character, id: Int64, role: String)]
    var tags: [String: String]
  }

  struct Node: Sendable {
    var id: Int64
    var latitude: Double
    var longitude: Double
    var tags: [String: String]

    var stopsCars: Bool { tags["barrier"] == "bollard" || tags["locked"] == "yes" }
  }

  private(set) var nodes: [Node] = []
  private(set) var ways: [Way] = []
  private(set) var relations: [Relation] = []
  /// The kinds of the lines in their order.
  private(set) var kinds: [Character] = []

  init(_ text: String) {
    for line in text.split(separator: "\n") { read(line) }
  }

  init(_ plan: CityPlan) { self.init(plan.text) }

  /// The place of each OSM node in `nodes`.
  func placeOfNode() -> [Int64: Int] {
    Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.id, $0) })
  }

  private mutating func read(_ line: Substring) {
    var fields: [Character: Substring] = [:]
    let parts = line.split(separator: " ")
    for part in parts.dropFirst() { fields[part.first!] = part.dropFirst() }
    let kind = parts[0].first!
    let id = Int64(parts[0].dropFirst())!
    let tags = OPLText.tags(fields["T"] ?? "")
    kinds.append(kind)
    switch kind {
    case "n":
      nodes.append(Node(id: id, latitude: Double(fields["y"]!)!, longitude: Double(fields["x"]!)!, tags: tags))
    case "w":
      let references = fields["N"]!.split(separator: ",").map { Int64($0.dropFirst())! }
      ways.append(Way(id: id, nodes: references, tags: tags))
    default:
      let members = fields["M"]!.split(separator: ",").map { member in
        let halves = member.split(separator: "@")
        return (member.first!, Int64(halves[0].dropFirst())!, OPLText.unescaped(halves[1]))
      }
      relations.append(Relation(id: id, members: members, tags: tags))
    }
  }

  static func tags(_ field: Substring) -> [String: String] {
    var tags: [String: String] = [:]
    for tag in field.split(separator: ",") {
      let halves = tag.split(separator: "=", omittingEmptySubsequences: false)
      tags[unescaped(halves[0])] = unescaped(halves[1])
    }
    return tags
  }

  /// Every second part between percent signs is a hexadecimal code point.
  static func unescaped(_ text: Substring) -> String {
    var plain = ""
    for (index, part) in text.split(separator: "%", omittingEmptySubsequences: false).enumerated() {
      if index % 2 == 0 {
        plain += part
      } else {
        plain.unicodeScalars.append(Unicode.Scalar(UInt32(part, radix: 16)!)!)
      }
    }
    return plain
  }
}

extension CityPlan {
  /// The whole city as bytes.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write { bytes.append(contentsOf: $0) }
    return bytes
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}
