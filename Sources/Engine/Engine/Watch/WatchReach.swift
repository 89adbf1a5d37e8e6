import Fleet
import Geometry
import MapFile
import Profiles
import RoadGraph
import Traffic

/// Where something must happen to change an answer: what makes 10,000 subscriptions cheap.
///
/// A best way stays the best when other roads get slower. So a slower arc matters only on the ways of the answer. A
/// faster one matters only if a way over it may beat the answer: by straight lines at the highest speed, which no
/// travel time undercuts.
struct WatchReach: Sendable {
  /// The arcs of the answer's ways by profile, sorted.
  var arcs: [String: [ArcID]] = [:]
  /// How good a way over a road must be to change the answer.
  var rivals: [String: Rivals] = [:]
  /// The units of the answer; empty for a route.
  var unitIDs: Set<String> = []
  /// True if units matter at all.
  var asksForUnits = false
  /// True if anything that gets better matters: there was no answer, or fewer units than were asked for.
  var wantsMore = false

  /// What may beat the ways of one profile.
  struct Rivals: Sendable {
    /// Arcs on which a way may begin or end: whatever happens to them matters.
    var ends: Set<ArcID>
    /// Where the ways begin; empty if they may begin anywhere.
    var origins: [SpherePoint]
    var destinations: [SpherePoint]
    /// The arcs that the origins and the destinations lie on.
    var originArcs: [ArcID]
    var destinationArcs: [ArcID]
    /// No rival is lighter than this.
    var weightMax: Weight
    var metersPerSecondMax: Double
    /// True if slower roads off the answer's ways matter as well: other ways were asked for, too.
    var mindsSlower: Bool
  }

  /// Whether news may change the answer. O(news, log of the answer's arcs for each slower arc).
  func verdict(on news: WatchNews, _ network: RoadNetwork) -> WatchVerdict {
    if news.units.contains(where: isReached) { return .concerned }
    var doubts: [(profile: String, rivals: Rivals)] = []
    for (profile, arcs) in news.arcs {
      if arcs.isEverything, self.arcs[profile] != nil || rivals[profile] != nil || wantsMore { return .concerned }
      if wantsMore, !arcs.faster.isEmpty { return .concerned }
      if let own = self.arcs[profile], arcs.slower.contains(where: { own.index(of: $0, sortedBy: \.self) != nil }) {
        return .concerned
      }
      guard let rivals = rivals[profile] else { continue }
      if rivals.mindsSlower, arcs.slower.contains(where: { rivals.mayBeBeaten(over: $0, network) }) {
        return .concerned
      }
      let near = arcs.faster.filter { rivals.mayBeBeaten(over: $0, network) }
      if near.contains(where: rivals.ends.contains) { return .concerned }
      if !near.isEmpty { doubts.append((profile, rivals)) }
    }
    return doubts.isEmpty ? .unconcerned : .perhaps(doubts)
  }

  /// True if another state of a unit may change the answer.
  private func isReached(by unit: UnitNews) -> Bool {
    guard asksForUnits else { return false }
    if unitIDs.contains(unit.id) { return true }
    guard let now = unit.now else { return false }
    if wantsMore { return true }
    return rivals[now.unit.profile]?.mayBeBeaten(from: now) ?? true
  }
}

extension WatchReach.Rivals {
  func mayBeBeaten(over arc: ArcID, _ network: RoadNetwork) -> Bool {
    if ends.contains(arc) { return true }
    let (tail, head) = (point(network.arcTail[arc], network), point(network.arcHead[arc], network))
    let before = origins.map { $0.chordMeters(to: tail) }.min() ?? 0
    let behind = destinations.map { $0.chordMeters(to: head) }.min() ?? 0
    return seconds(before + behind) * 1000 <= Double(weightMax)
  }

  func mayBeBeaten(from unit: StationedUnit) -> Bool {
    let meters = destinations.map { $0.chordMeters(to: unit.point) }.min() ?? 0
    return seconds(meters) * 1000 <= Double(weightMax)
  }

  private func seconds(_ meters: Double) -> Double { meters / metersPerSecondMax * UnitApproach.straightLineShare }

  private func point(_ vertex: VertexID, _ network: RoadNetwork) -> SpherePoint {
    SpherePoint(network.vertexCoordinate[vertex])
  }
}
