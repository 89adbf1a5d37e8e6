import Geometry
import MapFile
import RoadGraph
import TimeRules

@testable import MapImport

/// A small OSM map, drawn in metres near the equator, as OPL text.
struct DrawnMap {
  private(set) var opl = ""

  /// An OSM node `east` and `north` metres from the origin.
  mutating func node(_ id: Int64, _ east: Double, _ north: Double, _ tags: [String: String] = [:]) {
    let degrees = (east / Earth.metersPerDegree, north / Earth.metersPerDegree)
    opl += "n\(id) v1 x\(Self.decimal(degrees.0)) y\(Self.decimal(degrees.1)) T\(Self.text(tags))\n"
  }

  /// OSM nodes 1, 2, ... along a line to the east, 100 m apart.
  mutating func line(_ count: Int64) {
    for id in 1...count { node(id, Double(id - 1) * 100, 0) }
  }

  /// A crossing at OSM node 5: 1 west, 2 east, 3 north, 4 south, each its own way with the same id.
  static func crossing(_ tags: [Int64: [String: String]] = [:]) -> DrawnMap {
    var drawn = DrawnMap()
    drawn.node(1, -100, 0)
    drawn.node(2, 100, 0)
    drawn.node(3, 0, 100)
    drawn.node(4, 0, -100)
    drawn.node(5, 0, 0)
    for id in Int64(1)...4 { drawn.way(id, [id, 5], ["highway": "primary"].merging(tags[id] ?? [:]) { $1 }) }
    return drawn
  }

  mutating func way(_ id: Int64, _ nodes: [Int64], _ tags: [String: String] = ["highway": "residential"]) {
    opl += "w\(id) v1 T\(Self.text(tags)) N\(nodes.map { "n\($0)" }.joined(separator: ","))\n"
  }

  /// A relation; members are spelt as OPL spells them: `w1@from,n2@via,w3@to`.
  mutating func relation(_ id: Int64, _ members: String, _ tags: [String: String]) {
    opl += "r\(id) v1 T\(Self.text(tags)) M\(members)\n"
  }

  /// A turn restriction.
  mutating func restriction(_ id: Int64, _ members: String, _ kind: String, _ more: [String: String] = [:]) {
    relation(id, members, ["type": "restriction", "restriction": kind].merging(more) { $1 })
  }

  func imported(_ holidays: Holidays = Holidays()) throws -> TestMap {
    TestMap(try MapImporter(source: .text(opl: opl), holidays: holidays).run())
  }

  private static func decimal(_ degrees: Double) -> String {
    let unitsE7 = Int((abs(degrees) * 1e7).rounded())
    let fraction = String(unitsE7 % 10_000_000)
    return (degrees < 0 ? "-" : "") + "\(unitsE7 / 10_000_000)." + String(repeating: "0", count: 7 - fraction.count)
      + fraction
  }

  private static func text(_ tags: [String: String]) -> String {
    tags.sorted { $0.key < $1.key }.map { "\(escaped($0.key))=\(escaped($0.value))" }.joined(separator: ",")
  }

  /// OPL writes special characters as `%hex%`.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      return isPlain || "_:;.-".unicodeScalars.contains(scalar)
        ? String(scalar) : "%" + String(scalar.value, radix: 16) + "%"
    }.joined()
  }
}

/// An imported map with lookups by OSM ids, its invariants checked.
struct TestMap {
  let network: RoadNetwork
  let report: ImportReport

  init(_ map: ImportedMap) {
    network = map.network
    report = map.report
    network.checkInvariants()
  }

  /// OSM nodes of the vertices, sorted.
  var vertices: [Int64] { network.vertexOSMNode.buffer.sorted() }

  /// All arcs as "tail>head" in OSM nodes, sorted.
  var arcs: [String] {
    network.arcHead.indices.map { arc in
      "\(network.vertexOSMNode[network.arcTail[arc]])>\(network.vertexOSMNode[network.arcHead[arc]])"
    }.sorted()
  }

  /// The arcs from one OSM node to another.
  func arcs(_ tail: Int64, _ head: Int64) -> [ArcID] {
    network.arcHead.indices.filter { arc in
      network.vertexOSMNode[network.arcTail[arc]] == tail && network.vertexOSMNode[network.arcHead[arc]] == head
    }
  }

  /// The pieces between two OSM nodes in this direction: "w7 0-2 200m", "w7 2-0 200m" against the way, "n5 gate".
  func pieces(_ tail: Int64, _ head: Int64) -> [String] {
    guard let arc = arcs(tail, head).first else { return [] }
    let course = network.arcCourse[arc]
    let ids = network.pieceIDs(of: course.segment)
    let texts = ids.enumerated().map { index, id in
      let end =
        index + 1 < ids.count
        ? network.pieces[ids[id.position + 1]].firstPoint : UInt32(network.firstPoint[course.segment].count - 1)
      return text(network.pieces[id], endPoint: end, isBackward: course.isBackward)
    }
    return course.isBackward ? texts.reversed() : texts
  }

  private func text(_ piece: Piece, endPoint: UInt32, isBackward: Bool) -> String {
    switch piece.kind {
    case .point(let feature): return "n\(network.features[feature].osmID) \(network.features[feature].kind)"
    case .stretch(let way):
      let last = piece.firstNode + endPoint - piece.firstPoint
      let range = piece.isReversed != isBackward ? "\(last)-\(piece.firstNode)" : "\(piece.firstNode)-\(last)"
      return "w\(network.ways[way].osmID) \(range) \((piece.lengthCentimeters + 50) / 100)m"
    }
  }

  /// What holds from one OSM node to another, by the first piece of the first arc between them.
  func direction(_ tail: Int64, _ head: Int64) -> DirectionAttributes? {
    guard let arc = arcs(tail, head).first else { return nil }
    let course = network.arcCourse[arc]
    let piece = network.pieces[network.pieceIDs(of: course.segment).first!]
    guard case .stretch(let way) = piece.kind else { return nil }
    return network.attributes[network.ways[way].attributes][againstWay: piece.isReversed != course.isBackward]
  }

  func access(_ tail: Int64, _ head: Int64) -> AccessFlags? { direction(tail, head)?.access }

  /// The attributes of an OSM way.
  func attributes(_ osmID: Int64) -> RoadAttributes? {
    network.way(osmID: osmID).map { network.attributes[network.ways[$0].attributes] }
  }

  /// The turn from one OSM node over another to a third.
  func turn(_ tail: Int64, _ via: Int64, _ head: Int64) -> TurnAttributes? {
    for arc in arcs(tail, via) {
      for turn in network.turns(from: arc) {
        let next = network.turnHead[turn]
        if network.vertexOSMNode[network.arcHead[next]] == head { return network.turnAttributes[turn] }
      }
    }
    return nil
  }

  /// What forbids to drive over some OSM nodes one after the other, from the first one on: flags of the turns there.
  func bans(_ nodes: Int64...) -> TurnFlags {
    guard var arc = arcs(nodes[0], nodes[1]).first(where: { !network.isShadow($0) }) else { return [] }
    var flags: TurnFlags = []
    for node in nodes.dropFirst(2) {
      let turn = network.turns(from: arc).first {
        network.vertexOSMNode[network.arcHead[network.turnHead[$0]]] == node
      }
      guard let turn else { return [] }
      flags.formUnion(network.turnAttributes[turn].flags)
      arc = network.turnHead[turn]
    }
    return flags.intersection([.banned, .exceptEmergency, .bannedForEmergency])
  }

  /// The timed rules for turns in their order: "ban 1>5>3 Mo-Fr", with "!" behind those that responders may take, and
  /// "free 1>5>3 Sa".
  var timedTurns: [String] {
    network.conditionalRules.buffer.compactMap { rule in
      let condition = network.texts[rule.condition]
      switch rule.effect {
      case .ban(let turn, let exceptEmergency): return "ban \(text(turn))\(exceptEmergency ? "!" : "") \(condition)"
      case .free(let turn): return "free \(text(turn)) \(condition)"
      case .attributes, .feature: return nil
      }
    }
  }

  private func text(_ turn: TurnID) -> String {
    guard let arc = network.arcHead.indices.first(where: { network.turns(from: $0).contains(turn) }) else { return "" }
    let ends = [network.arcTail[arc], network.arcHead[arc], network.arcHead[network.turnHead[turn]]]
    return ends.map { String(network.vertexOSMNode[$0]) }.joined(separator: ">")
  }

  /// All banned turns as "tail>via>head", sorted; "!" behind those that responders may take.
  var bannedTurns: [String] {
    network.arcHead.indices.flatMap { arc in
      network.turns(from: arc).filter { network.turnAttributes[$0].flags.contains(.banned) }.map { turn in
        let ends = [network.arcTail[arc], network.arcHead[arc], network.arcHead[network.turnHead[turn]]]
        let mark = network.turnAttributes[turn].flags.contains(.exceptEmergency) ? "!" : ""
        return ends.map { String(network.vertexOSMNode[$0]) }.joined(separator: ">") + mark
      }
    }.sorted()
  }

  /// The feature at a vertex.
  func feature(_ osmNode: Int64) -> FeatureKind? {
    for vertex in network.vertexOSMNode.indices where network.vertexOSMNode[vertex] == osmNode {
      let feature = network.vertexFeature[vertex]
      return feature == .none ? nil : network.features[feature].kind
    }
    return nil
  }
}

extension ConditionTags {
  /// Of tests that look at no conditions.
  static var ofNobody: ConditionTags { ConditionTags(log: DropLog(), holidays: []) }
}
