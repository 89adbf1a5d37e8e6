import API
import Profiles
import RoadGraph
import Synchronization
import Traffic

/// When the first unit comes to every road, at one moment of traffic and of the fleet.
struct FirstArrivals: Sendable {
  /// Of the units of one profile: how they go on from the tail of an arc.
  private let walkers: [ArcReach]
  /// By arc, when the first unit is at its tail; infinity if none comes.
  private let tails: [Weight]
  /// By arc, the number of that unit's walker.
  private let walkerAtTail: [UInt8]
  /// Where units stand on arcs, and when they drive off.
  private let standing: [ArcID: [(walker: Int, position: RoadPosition, milliseconds: Weight)]]
  private let network: RoadNetwork

  /// Minutes, one by one, up to the time within which a reach looks.
  static let limits = (1...Int(Limits.reachSecondsMax) / 60).map { Weight($0 * 60_000) }

  /// This many arcs are read in about a millisecond.
  private static let checkInterval = 8_192

  /// Of no units: nobody comes anywhere.
  init(on network: RoadNetwork) {
    (self.network, walkers, standing) = (network, [], [:])
    tails = [Weight](repeating: .infinity, count: network.arcCount)
    walkerAtTail = [UInt8](repeating: 0, count: network.arcCount)
  }

  /// O(arcs).
  init(_ coverage: RoadCoverage, on network: RoadNetwork, within limit: WorkLimit) throws(EngineError) {
    self.network = network
    walkers = coverage.groups.map { ArcReach(.from, within: Self.limits, in: $0.snapshot) }
    var tails = [Weight](repeating: .infinity, count: network.arcCount)
    var walkerAtTail = [UInt8](repeating: 0, count: network.arcCount)
    for (number, group) in coverage.groups.enumerated() {
      for arc in network.arcHead.indices {
        if arc.position % Self.checkInterval == 0 { try limit.check() }
        guard let entry = group.sweep.entry(0, at: arc), entry.weight < tails[arc.position] else { continue }
        (tails[arc.position], walkerAtTail[arc.position]) = (entry.weight, UInt8(number))
      }
    }
    (self.tails, self.walkerAtTail) = (tails, walkerAtTail)
    var standing: [ArcID: [(walker: Int, position: RoadPosition, milliseconds: Weight)]] = [:]
    for (number, group) in coverage.groups.enumerated() {
      for (arc, ends) in group.standing {
        standing[arc, default: []] += ends.map { (number, $0.end.position, $0.end.weight) }
      }
    }
    self.standing = standing
  }

  /// The parts of an arc to which a unit comes within the last limit. O(pieces, limits).
  func visitParts(of original: ArcID, _ visit: (ReachedPart) -> Void) {
    for arc in network.arcs(along: network.arcCourse[original]) {
      let milliseconds = tails[arc.position]
      if milliseconds < .infinity {
        _ = walkers[Int(walkerAtTail[arc.position])].visitParts(
          of: arc, from: nil, to: nil, after: milliseconds, visit)
      }
      for start in standing[arc] ?? [] {
        _ = walkers[start.walker].visitParts(of: arc, from: start.position, to: nil, after: start.milliseconds, visit)
      }
    }
  }
}

/// The first arrivals of each profile's units, kept until traffic changes, a unit moves or another one counts.
final class FirstArrivalsCache: Sendable {
  struct Key: Hashable, Sendable {
    var version: UInt64
    /// Empty for the units of all profiles.
    var profile: String
    /// A hash of the units that count, of where they stand and of when they drive off.
    var units: Int

    init(_ units: [CoveringUnit], of profile: String, version: UInt64) {
      var hasher = Hasher()
      for covering in units {
        let unit = covering.unit.unit
        hasher.combine(unit.id)
        hasher.combine(unit.profile)
        hasher.combine(unit.crewID)
        hasher.combine(unit.coordinate)
        hasher.combine(unit.headingDegrees)
        hasher.combine(covering.startMilliseconds)
      }
      (self.version, self.profile, self.units) = (version, profile, hasher.finalize())
    }
  }

  private struct Made {
    var key: Key
    var arrivals: FirstArrivals
    /// What tiles far out are drawn from.
    var alike: AlikeLines<CoverageTile.Kind>?
  }

  private let made = Mutex<[String: Made]>([:])

  func arrivals(_ key: Key, find: () throws(EngineError) -> FirstArrivals) throws(EngineError) -> FirstArrivals {
    if let known = made.withLock({ $0[key.profile] }), known.key == key { return known.arrivals }
    let arrivals = try find()
    made.withLock { $0[key.profile] = Made(key: key, arrivals: arrivals) }
    return arrivals
  }

  /// The roads of the whole map that are alike.
  ///
  /// - Parameter find: of the arrivals of the key.
  func alike(
    _ key: Key, find: () throws(EngineError) -> LineGroups<CoverageTile.Kind>
  ) throws(EngineError) -> AlikeLines<CoverageTile.Kind> {
    if let known = made.withLock({ $0[key.profile] }), known.key == key, let alike = known.alike { return alike }
    let alike = AlikeLines(try find())
    made.withLock { if $0[key.profile]?.key == key { $0[key.profile]?.alike = alike } }
    return alike
  }
}
