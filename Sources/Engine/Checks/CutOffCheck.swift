import Geometry
import RoadGraph
import Traffic

/// Roads that civil traffic may drive but can't get to, or can't get away from.
struct CutOffCheck {
  let map: CheckedMap
  let thresholds: CheckThresholds

  /// Those that only turn restrictions cut off, and the longest of the others. O(arcs + turns).
  var findings: [Finding] {
    let network = map.map.network
    let bound = ProfileRoads(profile: map.civilProfile, network: network, adjustments: map.adjustments)
    var lifted = map.civilProfile
    lifted.exemptions.turnBans = .allowed
    let unbanned = ProfileRoads(profile: lifted, network: network, adjustments: map.adjustments)
    let pockets = Pocket.all(on: bound).filter {
      $0.lengthMeters >= thresholds.cutOffMeters && !$0.endsWithMap(network)
    }
    let banned = pockets.filter { $0.isOpen(on: unbanned) }
    let others = pockets.filter { !$0.isOpen(on: unbanned) }
    return listed(banned, .turnRestrictionsCutOff, .warning, "turn restrictions forbid every way")
      + listed(others, .roadsCutOff, .notice, "no way leads")
  }

  private func listed(
    _ pockets: [Pocket], _ kind: Finding.Kind, _ severity: Finding.Severity, _ reason: String
  ) -> [Finding] {
    pockets.sorted { ($1.lengthMeters, $0.arcs[0].rawValue) < ($0.lengthMeters, $1.arcs[0].rawValue) }
      .prefix(thresholds.cutOffCount).map { finding($0, kind, severity, reason) }
  }

  private func finding(
    _ pocket: Pocket, _ kind: Finding.Kind, _ severity: Finding.Severity, _ reason: String
  ) -> Finding {
    let network = map.map.network
    let way = network.ways[pocket.longestWay(in: network)]
    let direction =
      switch (pocket.isEntered, pocket.isLeft) {
      case (false, true): "into"
      case (true, false): "out of"
      default: "into or out of"
      }
    return Finding(
      kind, severity,
      subject: Words.road(name: network.texts[way.name], way: way.osmID) + Words.more(pocket.wayCount - 1),
      "\(reason) \(direction) \(Words.length(pocket.lengthMeters)) of roads for \(map.civilProfile.name)",
      shape: pocket.line(in: network), osmID: way.osmID)
  }
}

/// Arcs that hang together outside of every network.
struct Pocket {
  let arcs: [ArcID]
  private let segments: Set<SegmentID>
  /// They can be reached from a network.
  let isEntered: Bool
  /// A network can be reached from them.
  let isLeft: Bool
  let lengthMeters: Double
  let wayCount: Int

  /// All pockets of a profile's roads. O(arcs + turns).
  static func all(on roads: ProfileRoads) -> [Pocket] {
    let network = roads.network
    var isSeen = network.arcHead.indices.map { !roads.isCutOff($0) }
    var pockets: [Pocket] = []
    let turnsOnto = network.turnsOnto
    for arc in network.arcHead.indices where !isSeen[arc.position] {
      var arcs = [arc]
      isSeen[arc.position] = true
      var next = 0
      while next < arcs.count {
        let here = arcs[next]
        next += 1
        let around = network.turns(from: here).filter { roads.isOpen($0, from: here) }.map { network.turnHead[$0] }
        let before = turnsOnto[here.position].filter { roads.isOpen($0.turn, from: $0.arc) }.map(\.arc)
        for other in around + before + [network.reverse(of: here)].compactMap({ $0 }) where !isSeen[other.position] {
          isSeen[other.position] = true
          arcs.append(other)
        }
      }
      pockets.append(Pocket(arcs, on: roads))
    }
    return pockets
  }

  private init(_ arcs: [ArcID], on roads: ProfileRoads) {
    let network = roads.network
    self.arcs = arcs
    isEntered = arcs.contains { roads.isEntered[$0.position] }
    isLeft = arcs.contains { roads.isLeft[$0.position] }
    segments = Set(arcs.map { network.arcCourse[$0].segment })
    lengthMeters = segments.reduce(0) { $0 + network.lengthMeters(of: $1) }
    wayCount = Set(segments.flatMap { network.pieceIDs(of: $0).compactMap(network.way) }).count
  }

  /// True if other roads of the same vehicle lead to all of it and away from it.
  func isOpen(on roads: ProfileRoads) -> Bool { arcs.allSatisfy { !roads.isCutOff($0) } }

  /// True if a one-way begins or ends where no other road is: cut off by the edge of the map, not by a rule.
  func endsWithMap(_ network: RoadNetwork) -> Bool {
    arcs.contains { arc in
      guard network.reverse(of: arc) == nil || isOneway(arc, in: network) else { return false }
      return network.isDeadEnd(network.arcTail[arc]) || network.isDeadEnd(network.arcHead[arc])
    }
  }

  private func isOneway(_ arc: ArcID, in network: RoadNetwork) -> Bool {
    network.pieceIDs(of: network.arcCourse[arc].segment).contains { piece in
      network.way(of: piece).map { network.attributes[network.ways[$0].attributes].flags.contains(.oneway) } ?? false
    }
  }

  func longestWay(in network: RoadNetwork) -> WayID {
    var lengths: [WayID: Int] = [:]
    for arc in arcs {
      for piece in network.pieceIDs(of: network.arcCourse[arc].segment) {
        if let way = network.way(of: piece) { lengths[way, default: 0] += Int(network.pieces[piece].lengthCentimeters) }
      }
    }
    return lengths.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? WayID(0)
  }

  /// The shape of its longest road segment.
  func line(in network: RoadNetwork) -> [Coordinate] {
    let longest = segments.max {
      (network.lengthMeters(of: $0), $1.rawValue) < (network.lengthMeters(of: $1), $0.rawValue)
    }
    return longest.map { Array(network.shape(of: $0)) } ?? []
  }
}

extension RoadNetwork {
  /// The turns onto each arc, by `ArcID`: the network knows those from it. O(turns).
  fileprivate var turnsOnto: [[(arc: ArcID, turn: TurnID)]] {
    var turnsByHead = [[(arc: ArcID, turn: TurnID)]](repeating: [], count: arcCount)
    for arc in arcHead.indices {
      for turn in turns(from: arc) { turnsByHead[turnHead[turn].position].append((arc, turn)) }
    }
    return turnsByHead
  }

  /// True where only one road segment meets. O(arcs there).
  fileprivate func isDeadEnd(_ vertex: VertexID) -> Bool { firstOut[vertex].count <= 1 }
}

extension ProfileRoads {
  /// True for an arc that may be driven, but not from a network or not back to one.
  fileprivate func isCutOff(_ arc: ArcID) -> Bool {
    freeFlowWeights[arc.position] < .infinity && !(isEntered[arc.position] && isLeft[arc.position])
  }

  fileprivate func isOpen(_ turn: TurnID, from arc: ArcID) -> Bool {
    turnCosts[turn.position] < .infinity && freeFlowWeights[arc.position] < .infinity
  }
}
