import API
import RoadGraph

/// Finds what overrides mean on a map, and notes what means nothing there.
struct OverrideResolver {
  private(set) var overrides = ResolvedOverrides()
  private(set) var unmatched: [UnmatchedOverride] = []
  let network: RoadNetwork
  let profileNames: Set<String>

  mutating func add(_ entry: RoadOverrides.WayEntry) {
    check(entry.head, .way, "\(entry.osmID)")
    guard let way = network.way(osmID: entry.osmID) else {
      return note(.way, "\(entry.osmID)", entry.head.line, "the map has no road with this OSM way id")
    }
    overrides.ways[way, default: []].append(entry)
  }

  /// OSM nodes are signals, barriers, or junctions.
  mutating func add(_ entries: [RoadOverrides.NodeEntry]) {
    let wanted = Set(entries.map(\.osmID))
    let features = Self.positions(of: wanted, in: network.features.buffer) { $0.osmID }
    let vertices = Self.positions(of: wanted, in: network.vertexOSMNode.buffer) { $0 }
    for entry in entries {
      check(entry.head, .node, "\(entry.osmID)")
      if let found = features[entry.osmID] {
        for position in found { overrides.features[FeatureID(position), default: []].append(entry) }
      } else if let found = vertices[entry.osmID] {
        for position in found { overrides.vertices[VertexID(position), default: []].append(entry) }
      } else {
        note(.node, "\(entry.osmID)", entry.head.line, "the map has no signal, barrier or junction at this OSM node")
      }
    }
  }

  mutating func add(_ entries: [RoadOverrides.TurnEntry]) {
    guard !entries.isEmpty else { return }
    let arcs = arcsInto(Set(entries.map(\.viaNode)))
    for entry in entries {
      let id = "\(entry.fromWay) \(entry.viaNode) \(entry.toWay)"
      check(entry.head, .turn, id)
      guard let arcs = arcs[entry.viaNode] else {
        note(.turn, id, entry.head.line, "no junction of the map is at OSM node \(entry.viaNode)")
        continue
      }
      let found = turns(meantBy: entry, from: arcs)
      for turn in found { overrides.turns[turn, default: []].append(entry) }
      if found.isEmpty { note(.turn, id, entry.head.line, "no turn leads there from the one OSM way onto the other") }
    }
  }

  mutating func add(_ doors: StationDoors) {
    if let osmID = doors.wayOSMID, network.way(osmID: osmID) == nil {
      note(
        .station, doors.station, doors.line, "the map has no road with the OSM way id \(osmID); the nearest is taken")
    }
    overrides.add(doors)
  }

  private mutating func note(_ kind: UnmatchedOverride.Kind, _ id: String, _ line: Int, _ why: String) {
    unmatched.append(UnmatchedOverride(kind: kind, id: id, line: line, why: why))
  }

  private mutating func check(_ head: RoadOverrides.Head, _ kind: UnmatchedOverride.Kind, _ id: String) {
    for name in head.profiles where !profileNames.contains(name) {
      note(kind, id, head.line, "there is no profile \"\(name)\"")
    }
  }

  /// Where the rows of these OSM ids are, by id. O(rows).
  private static func positions<Row>(
    of wanted: Set<Int64>, in rows: UnsafeBufferPointer<Row>, _ osmID: (Row) -> Int64
  ) -> [Int64: [Int]] {
    guard !wanted.isEmpty else { return [:] }
    return rows.indices.reduce(into: [:]) { found, position in
      let id = osmID(rows[position])
      if wanted.contains(id) { found[id, default: []].append(position) }
    }
  }

  /// The arcs that end at junctions, by their OSM node. O(arcs).
  private func arcsInto(_ osmNodes: Set<Int64>) -> [Int64: [ArcID]] {
    network.arcHead.indices.reduce(into: [:]) { found, arc in
      let osmNode = network.vertexOSMNode[network.arcHead[arc]]
      if osmNodes.contains(osmNode) { found[osmNode, default: []].append(arc) }
    }
  }

  /// From an OSM way onto itself is turning round, not driving on.
  private func turns(meantBy entry: RoadOverrides.TurnEntry, from arcs: [ArcID]) -> [TurnID] {
    let isTurningRound = entry.fromWay == entry.toWay
    return arcs.filter { osmWays(of: $0).last == entry.fromWay }.flatMap { arc in
      network.turns(from: arc).filter { turn in
        network.turnAttributes[turn].flags.contains(.uTurn) == isTurningRound
          && osmWays(of: network.turnHead[turn]).first == entry.toWay
      }
    }
  }

  /// Of the stretches of an arc, in the direction of travel.
  private func osmWays(of arc: ArcID) -> [Int64] {
    let course = network.arcCourse[arc]
    let along = network.pieceIDs(of: course.segment).compactMap { network.way(of: $0) }.map { network.ways[$0].osmID }
    return course.isBackward ? along.reversed() : along
  }
}
