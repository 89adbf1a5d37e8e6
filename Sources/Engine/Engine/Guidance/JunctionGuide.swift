import API
import Geometry
import RoadGraph

/// What a driver must be told where a route goes from one road onto another: the kind of maneuver and the way it goes,
/// or nothing where the road only goes on.
///
/// The driver sees the roads that cars may drive into. The way on is obvious if no other road goes as straight, or the
/// others are of no account beside it. After what OSRM's guidance tells.
struct JunctionGuide {
  let network: RoadNetwork

  /// A road out of a junction, as one comes to it.
  struct Exit {
    /// Change of heading onto it, positive to the right.
    let angleDegrees: Int
    let roadClass: RoadClass

    var turnDegrees: Int { abs(angleDegrees) }
  }

  /// A junction on a route: the road that one comes on, the one taken and those that one could take instead.
  struct Junction {
    let from: RoadClass
    /// True if the street keeps its name or number.
    let keepsName: Bool
    let taken: Exit
    let others: [Exit]
  }

  typealias Told = (kind: Maneuver.Kind, modifier: Maneuver.Modifier)

  /// A road that turns no more than this goes about straight on.
  private static let aheadDegrees = Maneuver.Modifier.slightDegreesMax
  /// A road that turns more than another one by this much is no rival to it.
  private static let clearDegrees = 35
  /// The same, if the other one keeps its name and goes straight.
  private static let clearDegreesOfNamed = 10
  /// A ramp that turns more than this ends at the road, it does not merge with it.
  private static let mergeDegreesMax = 45
  /// A road that ends has no way on within this angle.
  private static let endDegreesMin = 45

  /// What is to be told; `nil` for nothing. A change of name is told by the caller, which knows the names.
  func told(at junction: Junction) -> Told? {
    let (taken, others) = (junction.taken, junction.others)
    if taken.roadClass.isRamp, !junction.from.isRamp, !others.isEmpty {
      return (junction.from.isHighway ? .offRamp : .onRamp, Self.side(of: taken, beside: others))
    }
    if junction.from.isRamp, taken.roadClass.isHighway, others.isEmpty, taken.turnDegrees <= Self.mergeDegreesMax {
      return (.merge, Self.side(of: taken))
    }
    if isObvious(junction) { return nil }
    if taken.turnDegrees <= Self.aheadDegrees, others.contains(where: { $0.turnDegrees <= Self.aheadDegrees }) {
      return (.fork, Self.side(of: taken, beside: others))
    }
    let modifier = Self.side(of: taken, beside: others)
    if junction.keepsName { return (.continue, modifier) }
    return (isEndOfRoad(junction) ? .endOfRoad : .turn, modifier)
  }

  /// True if a driver who is told nothing takes the road of the route.
  private func isObvious(_ junction: Junction) -> Bool {
    junction.others.allSatisfy { !rivals($0, junction) }
      && (junction.taken.turnDegrees <= Self.aheadDegrees
        || junction.others.allSatisfy { $0.roadClass.isMinor(beside: junction.taken.roadClass) })
  }

  /// True if a driver may take `other` for the way on.
  private func rivals(_ other: Exit, _ junction: Junction) -> Bool {
    let taken = junction.taken
    if other.roadClass.isMinor(beside: taken.roadClass) {
      return taken.turnDegrees > Self.aheadDegrees && other.turnDegrees < taken.turnDegrees
    }
    let isMain = junction.keepsName && taken.roadClass.tier <= other.roadClass.tier
    let isClear = isMain && taken.turnDegrees <= Maneuver.Modifier.straightDegreesMax
    return other.turnDegrees < taken.turnDegrees + (isClear ? Self.clearDegreesOfNamed : Self.clearDegrees)
  }

  /// True for the stem of a T: one way to the left, one to the right.
  private func isEndOfRoad(_ junction: Junction) -> Bool {
    let ways = [junction.taken] + junction.others
    return ways.count == 2 && ways.allSatisfy { $0.turnDegrees >= Self.endDegreesMin }
      && (ways[0].angleDegrees < 0) != (ways[1].angleDegrees < 0)
  }

  /// The way that a road goes; beside one that goes about as straight, the side on which it lies.
  private static func side(of taken: Exit, beside others: [Exit] = []) -> Maneuver.Modifier {
    let modifier = Maneuver.Modifier(angleDegrees: taken.angleDegrees)
    guard modifier == .straight else { return modifier }
    guard let rival = others.filter({ $0.turnDegrees <= aheadDegrees }).min(by: { $0.turnDegrees < $1.turnDegrees })
    else {
      return others.isEmpty && taken.angleDegrees != 0
        ? (taken.angleDegrees > 0 ? .slightRight : .slightLeft) : .straight
    }
    return taken.angleDegrees > rival.angleDegrees ? .slightRight : .slightLeft
  }
}

// MARK: What the driver sees

extension JunctionGuide {
  /// The roads at the end of `arc` that cars may drive into, but for `taken` and the way back. O(turns × pieces).
  ///
  /// - Parameter arriving: the heading at the end of `arc`.
  func exits(from arc: ArcID, besides taken: ArcID, arriving: Double) -> [Exit] {
    var seen: Set = [network.arcCourse[arc].segment, network.arcCourse[taken].segment]
    return openRoads(from: arc, &seen).map { next, way in
      exit(of: way, angleDegrees: Heading.toldDegrees(from: arriving, to: network.leavingDegrees(next)))
    }
  }

  /// The roads behind `arc` that were not seen yet; over one without a heading, those behind it.
  private func openRoads(from arc: ArcID, _ seen: inout Set<SegmentID>) -> [(ArcID, Way)] {
    var roads: [(ArcID, Way)] = []
    for turn in network.turns(from: arc) {
      let next = network.turnHead[turn]
      guard let way = openWay(next), seen.insert(network.arcCourse[next].segment).inserted else { continue }
      if network.hasHeading(next) { roads.append((next, way)) } else { roads += openRoads(from: next, &seen) }
    }
    return roads
  }

  /// The road that a route takes.
  func exit(of way: Way, angleDegrees: Int) -> Exit {
    Exit(angleDegrees: angleDegrees, roadClass: network.attributes[way.attributes].roadClass)
  }

  /// True if cars may leave a roundabout at the end of `arc`. O(turns × pieces).
  func leavesRoundabout(at arc: ArcID) -> Bool {
    let own = network.arcCourse[arc].segment
    return network.turns(from: arc).contains { turn in
      let next = network.turnHead[turn]
      guard network.arcCourse[next].segment != own, let way = openWay(next) else { return false }
      return !network.attributes[way.attributes].flags.contains(.roundabout)
    }
  }

  /// The OSM way that an arc begins on, if cars may drive into it there.
  private func openWay(_ arc: ArcID) -> Way? {
    let course = network.arcCourse[arc]
    let ids = network.pieceIDs(of: course.segment)
    guard let piece = course.isBackward ? ids.last(where: isStretch) : ids.first(where: isStretch),
      network.isCivil(piece, isBackward: course.isBackward)
    else { return nil }
    return network.way(of: piece).map { network.ways[$0] }
  }

  private func isStretch(_ piece: PieceID) -> Bool { network.way(of: piece) != nil }
}

extension RoadClass {
  /// A road without crossings.
  fileprivate var isHighway: Bool { self == .motorway || self == .trunk }
  /// A road that leads onto one or off one.
  fileprivate var isRamp: Bool { self == .motorwayLink || self == .trunkLink }

  private var isLink: Bool {
    switch self {
    case .motorwayLink, .trunkLink, .primaryLink, .secondaryLink, .tertiaryLink: true
    default: false
    }
  }

  /// From 0 for the greatest roads to 5 for what serves single plots.
  fileprivate var tier: Int {
    switch self {
    case .motorway, .motorwayLink, .trunk, .trunkLink: 0
    case .primary, .primaryLink: 1
    case .secondary, .secondaryLink: 2
    case .tertiary, .tertiaryLink: 3
    case .unclassified, .residential, .livingStreet: 4
    case .service, .track, .busway, .pedestrian, .path, .ferry, .shuttleTrain: 5
    }
  }

  /// True if nobody on the road takes this one for the way on.
  fileprivate func isMinor(beside road: RoadClass) -> Bool {
    tier >= road.tier + 2 || tier == 5 && road.tier < 5 || isLink && !road.isLink
  }
}
