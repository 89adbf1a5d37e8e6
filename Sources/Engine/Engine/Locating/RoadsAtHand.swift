import API
import Foundation
import Geometry
import PlaceNames
import RoadGraph

/// A road on which somebody may be, in one direction of travel.
struct RoadAtHand {
  let candidate: SnapCandidate
  let arc: ArcID
  let way: WayID
  let headingDegrees: Double
  /// Entries of one road, both carriageways or directions, have one number.
  var group = 0
  var isDivided = false
  /// How likely it is, in proportion to the others.
  var likelihood = 0.0
}

/// The roads around a place, each direction and each carriageway for itself.
struct RoadsAtHand {
  /// How far beyond the radius the other carriageway of a divided road is still told.
  static let carriagewayMeters = 40.0
  /// Directions of one road differ by less than that, and those of two carriageways by more than the rest to 180.
  static let alikeDegrees = 60.0
  /// How well people and receivers tell a heading.
  private static let headingDegrees = 30.0
  /// A heading that doesn't fit may still be wrong.
  private static let leastHeadingShare = 0.01
  /// Who knows where he is by satellites is seldom in a tunnel.
  private static let tunnelShare = 0.25
  private static let leastErrorMeters = 5.0
  private static let segmentsMax = 60

  let network: RoadNetwork
  let place: Place
  let radiusMeters: Double

  /// The most likely entries of at most `count` roads, the best first. O(roads around the place).
  func found(count: Int) -> [RoadAtHand] {
    var entries = withDivided(entries()).filter { $0.candidate.distanceMeters <= radiusMeters || $0.isDivided }
    let groupsAtHand = Set(entries.filter { $0.candidate.distanceMeters <= radiusMeters }.map(\.group))
    entries = withoutOtherDirections(entries.filter { groupsAtHand.contains($0.group) })
    for index in entries.indices { entries[index].likelihood = likelihood(of: entries[index], among: entries) }
    let sums = Dictionary(grouping: entries, by: \.group).mapValues { $0.reduce(0) { $0 + $1.likelihood } }
    let best = sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(count).map(\.key)
    return entries.filter { best.contains($0.group) }.sorted { one, other in
      (other.likelihood, one.group, one.arc) < (one.likelihood, other.group, other.arc)
    }
  }

  /// The nearest road, however far; `nil` if none is within what is told.
  func nearest() -> RoadAtHand? {
    candidates(within: Limits.nearestRoadMeters, count: 1).first.flatMap { directions(of: $0).first }
  }

  private func candidates(within meters: Double, count: Int) -> [SnapCandidate] {
    Snapper(network).candidates(Snapper.Query(place.coordinate, radiusMeters: meters, count: count)) { _, piece in
      guard let way = network.way(of: piece) else { return false }
      let attributes = network.attributes[network.ways[way].attributes]
      return attributes.roadClass != .ferry && attributes.roadClass != .shuttleTrain
        && place.levels.includes(attributes)
    }
  }

  /// Each direction of each road once, where it is nearest.
  private func entries() -> [RoadAtHand] {
    var (found, ofRoad): ([RoadAtHand], [RoadKey: [Int]]) = ([], [:])
    for candidate in candidates(within: radiusMeters + Self.carriagewayMeters, count: Self.segmentsMax) {
      for entry in directions(of: candidate) {
        let own = ofRoad[RoadKey(entry.way, network), default: []]
        if own.contains(where: { isAlike(found[$0].headingDegrees, entry.headingDegrees) }) { continue }
        ofRoad[RoadKey(entry.way, network), default: []].append(found.count)
        var entry = entry
        entry.group = own.first ?? found.count
        found.append(entry)
      }
    }
    return found
  }

  /// In which directions traffic goes there; on a road that is closed to it, those who may drive it.
  private func directions(of candidate: SnapCandidate) -> [RoadAtHand] {
    guard let way = network.way(of: candidate.position.piece) else { return [] }
    let all = [(candidate.arcs.forward, false), (candidate.arcs.backward, true)]
    let civil = all.filter { network.isCivil(candidate.position.piece, isBackward: $0.1) }
    let legal = all.filter { !network.isContraflow(candidate.position.piece, isBackward: $0.1) }
    for kind in [civil, legal, all] {
      let entries = kind.compactMap { arc, isBackward in
        arc.map { arc in
          var candidate = candidate
          candidate.arcs = SegmentArcs(forward: isBackward ? nil : arc, backward: isBackward ? arc : nil)
          return RoadAtHand(
            candidate: candidate, arc: arc, way: way,
            headingDegrees: Heading.wrapped(candidate.bearingDegrees + (isBackward ? 180 : 0)))
        }
      }
      if !entries.isEmpty { return entries }
    }
    return []
  }

  private func isAlike(_ one: Double, _ other: Double) -> Bool {
    Heading.angleDegrees(one, other) < Self.alikeDegrees
  }

  /// Marks carriageways: one-ways of one road that run opposite ways.
  private func withDivided(_ entries: [RoadAtHand]) -> [RoadAtHand] {
    entries.map { entry in
      guard isOneway(entry) else { return entry }
      var entry = entry
      entry.isDivided = entries.contains { other in
        other.group == entry.group && other.arc != entry.arc && isOneway(other)
          && Heading.angleDegrees(other.headingDegrees, entry.headingDegrees) > 180 - Self.alikeDegrees
      }
      return entry
    }
  }

  private func isOneway(_ entry: RoadAtHand) -> Bool {
    let flags = network.attributes[network.ways[entry.way].attributes].flags
    return flags.contains(.oneway) && !flags.contains(.roundabout)
  }

  /// With a heading that fits one direction of a road, its other one isn't meant; the other carriageway of a divided
  /// road is told nevertheless.
  private func withoutOtherDirections(_ entries: [RoadAtHand]) -> [RoadAtHand] {
    guard place.headingDegrees != nil else { return entries }
    let fitting = Set(entries.filter(fitsHeading).map(\.group))
    return entries.filter { $0.isDivided || fitsHeading($0) || !fitting.contains($0.group) }
  }

  private func fitsHeading(_ entry: RoadAtHand) -> Bool {
    place.headingDegrees.map {
      Heading.angleDegrees($0, entry.headingDegrees) <= Limits.headingToleranceDegrees
    } ?? true
  }

  /// By distance, heading and level; the directions of one road share what it has.
  private func likelihood(of entry: RoadAtHand, among entries: [RoadAtHand]) -> Double {
    let error = max(radiusMeters / 2, Self.leastErrorMeters)
    var likelihood = Self.bell(entry.candidate.distanceMeters / error)
    if let heading = place.headingDegrees {
      let angle = Heading.angleDegrees(heading, entry.headingDegrees)
      likelihood *= max(Self.bell(angle / Self.headingDegrees), Self.leastHeadingShare)
    }
    if network.attributes[network.ways[entry.way].attributes].flags.contains(.tunnel) {
      likelihood *= Self.tunnelShare
    }
    let directionCount = entries.count { $0.candidate.position == entry.candidate.position }
    return likelihood / Double(max(directionCount, 1))
  }

  /// The normal distribution's bell; never zero.
  private static func bell(_ deviations: Double) -> Double { max(exp(-deviations * deviations / 2), 1e-12) }
}

/// What makes a road one road: its name or number, else its OSM way, and its level.
private struct RoadKey: Hashable {
  private let text: TextID
  /// Of a road without name and number.
  private let wayOSMID: Int64
  private let layer: Int8
  private let isTunnel: Bool

  init(_ way: WayID, _ network: RoadNetwork) {
    let own = network.ways[way]
    let attributes = network.attributes[own.attributes]
    text = own.name == .empty ? own.ref : own.name
    wayOSMID = text == .empty ? own.osmID : 0
    (layer, isTunnel) = (attributes.layer, attributes.flags.contains(.tunnel))
  }
}
