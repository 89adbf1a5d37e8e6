import API
import Dispatch
import Foundation
import Hierarchy
import Profiles
import RoadGraph
import Synchronization

/// Makes snapshots of moments to come and keeps the last ones; used by one thread at a time.
struct PlannedWorkshop: ~Copyable {
  /// What a snapshot is of, on the roads of a moment.
  struct Wanted: Hashable {
    /// Of typical speeds; `nil` without any.
    var slot: Int?
    /// Whose measured speeds count as well; `nil` if none do.
    var liveVersion: UInt64?
    /// The closures in force, by the numbers of their puts.
    var closures: [UInt64]
  }

  /// What a snapshot is made of.
  struct Sources {
    var base: TrafficSnapshot
    /// The conditions whose speeds count as well.
    var live: TrafficConditions?
    var typical: TypicalSpeeds?
    var schedule: RoadSchedule
    var date: Date
    var closures: [ResolvedClosure]
    var names: [String]
  }

  /// The weights of some profiles at moments alike.
  private struct Plan {
    let wanted: Wanted
    let roads: UInt64
    /// Unique.
    let number: UInt64
    var conditions: TrafficConditions
    /// By the profile's number.
    var profiles: [Int: ProfileSnapshot] = [:]
    var lastUse: UInt64 = 0
  }

  private let hierarchy: ContractionHierarchy
  private let metricsMax: Int
  private let builder: MetricBuilder
  private let whatIf: WhatIfTraffic
  private var plans: [Plan] = []
  private var roads = PlannedRoads()
  private var lastNumber: UInt64 = 0
  private var useCount: UInt64 = 0

  init(_ hierarchy: ContractionHierarchy, metricsMax: Int) {
    (self.hierarchy, self.metricsMax) = (hierarchy, metricsMax)
    (builder, whatIf) = (MetricBuilder(hierarchy), WhatIfTraffic(hierarchy))
  }

  var metricCount: Int { plans.reduce(0) { $0 + $1.profiles.count } }

  /// The snapshot, kept or made; `nil` if it was ended.
  mutating func snapshot(_ wanted: Wanted, of sources: Sources, _ isOver: @Sendable () -> Bool) -> TrafficSnapshot? {
    let base = sources.base
    let version = roads.version(at: sources.date, of: sources.schedule, base)
    plans.removeAll { $0.roads != version && !roads.isKnown($0.roads, base) }
    var profiles = base.profiles
    for (number, profile) in profiles.enumerated() where sources.names.contains(profile.roads.profile.name) {
      guard let made = self.profile(number, wanted, version, sources, isOver) else { return nil }
      profiles[number] = made
    }
    let plan = plans[self.plan(wanted, version, sources)]
    let snapshot = TrafficSnapshot(
      version: base.version, .planned(plan.number), publishedAt: base.publishedAt, roadsVersion: version,
      conditions: plan.conditions, profiles: profiles)
    forgetOldest(but: plan.number)
    return snapshot
  }

  /// Where a plan stands; a new one has no profiles yet.
  private mutating func plan(_ wanted: Wanted, _ roads: UInt64, _ sources: Sources) -> Int {
    useCount += 1
    if let known = plans.firstIndex(where: { $0.wanted == wanted && $0.roads == roads }) {
      plans[known].lastUse = useCount
      return known
    }
    lastNumber += 1
    let conditions = TrafficConditions(
      typical: wanted.slot.flatMap { slot in sources.typical.map { ($0, slot) } }, live: sources.live,
      on: sources.base.conditions)
    plans.append(
      Plan(wanted: wanted, roads: roads, number: lastNumber, conditions: conditions, lastUse: useCount))
    return plans.count - 1
  }

  private mutating func profile(
    _ number: Int, _ wanted: Wanted, _ version: UInt64, _ sources: Sources, _ isOver: @Sendable () -> Bool
  ) -> ProfileSnapshot? {
    let place = plan(wanted, version, sources)
    if let known = plans[place].profiles[number] { return known }
    if isOver() { return nil }
    guard !wanted.closures.isEmpty else {
      let roads = self.roads.roads(of: number, version, sources.base)
      let made = speeded(roads, number, plans[place].conditions)
      plans[place].profiles[number] = made
      return made
    }
    var open = wanted
    open.closures = []
    guard let free = profile(number, open, version, sources, isOver) else { return nil }
    let base = plans[plan(open, version, sources)]
    var profiles = sources.base.profiles
    profiles[number] = free
    let snapshot = TrafficSnapshot(
      version: sources.base.version, .planned(base.number), publishedAt: sources.base.publishedAt,
      roadsVersion: version, conditions: base.conditions, profiles: profiles)
    let closed = whatIf.snapshot(
      snapshot, closing: sources.closures, for: [free.roads.profile.name], isOver: isOver)
    guard let closed else { return nil }
    let again = plan(wanted, version, sources)
    plans[again].conditions = closed.conditions
    plans[again].profiles[number] = closed.profiles[number]
    return closed.profiles[number]
  }

  /// A profile on roads on which speeds are known, and nothing is closed.
  private func speeded(_ roads: ProfileRoads, _ number: Int, _ conditions: TrafficConditions) -> ProfileSnapshot {
    let network = roads.network
    let conditions = ProfileConditions(roads: conditions, profile: number, costs: roads.costs)
    let arcWeights = conditions.knowsSpeeds ? conditions.arcWeights() : roads.freeFlowWeights
    var turnWeights = CostModel.turnWeights(
      arcWeights: arcWeights, turnCosts: roads.turnCosts, network: network)
    for turn in conditions.roads.turnPenalties.keys {
      let delay = conditions.turnDelayMilliseconds(turn, from: network.arc(leftBy: turn))
      turnWeights[turn.position] = turnWeights[turn.position].adding(delay)
    }
    return ProfileSnapshot(
      roads: roads, arcWeights: ChunkedTable(arcWeights), metric: builder.customize(turnWeights),
      conditions: conditions)
  }

  private mutating func forgetOldest(but number: UInt64) {
    while metricCount > metricsMax {
      let others = plans.indices.filter { plans[$0].number != number }
      guard let oldest = others.min(by: { plans[$0].lastUse < plans[$1].lastUse }) else { return }
      plans.remove(at: oldest)
    }
  }
}

/// The roads of profiles while conditional rules hold, by numbers of their own: the last ones that were asked for.
struct PlannedRoads {
  private struct Entry {
    let version: UInt64
    let adjustments: RoadAdjustments
    /// By the profile's number.
    var profiles: [Int: ProfileRoads] = [:]
  }

  /// What holds at a minute, on roads of a version.
  private struct Minute: Hashable {
    var minute: Int
    var roadsVersion: UInt64
  }

  private var entries: [Entry] = []
  private var versions: [Minute: UInt64] = [:]
  private var lastVersion: UInt64 = 1 << 62

  /// Sets of rules, each with the roads of the profiles that were asked for.
  private static let entriesMax = 4
  private static let minutesMax = 256

  /// The number of the roads at a moment: that of the latest ones if the same rules hold. O(rules) for another minute.
  mutating func version(at date: Date, of schedule: RoadSchedule, _ base: TrafficSnapshot) -> UInt64 {
    let minute = Minute(
      minute: Int((date.timeIntervalSince1970 / 60).rounded(.down)), roadsVersion: base.roadsVersion)
    if let known = versions[minute], isKnown(known, base) { return known }
    let current = base.adjustments
    var adjustments = schedule.adjustments(at: date)
    adjustments.overrides = current.overrides
    let version = adjustments == current ? base.roadsVersion : self.version(of: adjustments)
    if versions.count >= Self.minutesMax { versions = [:] }
    versions[minute] = version
    return version
  }

  /// True if the roads of a number are at hand, or are the latest ones.
  func isKnown(_ version: UInt64, _ base: TrafficSnapshot) -> Bool {
    version == base.roadsVersion || entries.contains { $0.version == version }
  }

  /// The roads of a profile, made when they are first asked for. O(pieces + turns) then.
  mutating func roads(of number: Int, _ version: UInt64, _ base: TrafficSnapshot) -> ProfileRoads {
    let latest = base.profiles[number].roads
    guard let place = entries.firstIndex(where: { $0.version == version }) else { return latest }
    if let known = entries[place].profiles[number] { return known }
    let made = ProfileRoads(
      profile: latest.profile, network: latest.network, adjustments: entries[place].adjustments)
    entries[place].profiles[number] = made
    return made
  }

  private mutating func version(of adjustments: RoadAdjustments) -> UInt64 {
    if let known = entries.firstIndex(where: { $0.adjustments == adjustments }) {
      let entry = entries.remove(at: known)
      entries.append(entry)
      return entry.version
    }
    lastVersion += 1
    entries.append(Entry(version: lastVersion, adjustments: adjustments))
    if entries.count > Self.entriesMax { entries.removeFirst() }
    return lastVersion
  }
}

extension TrafficSnapshot {
  /// What holds now besides closures.
  fileprivate var adjustments: RoadAdjustments { profiles.first?.roads.costs.adjustments ?? .none }
}

extension TrafficConditions {
  /// Typical speeds of a slot, over which measured ones count; nothing is closed.
  ///
  /// - Parameter other: of the same map.
  fileprivate init(typical: (speeds: TypicalSpeeds, slot: Int)?, live: TrafficConditions?, on other: TrafficConditions)
  {
    let pieceCount = other.speeds.count / 2
    self.init(pieceCount: pieceCount)
    if let typical { speeds = typical.speeds.speeds(in: typical.slot, pieceCount: pieceCount) }
    guard let live else { return }
    turnPenalties = live.turnPenalties
    for position in 0..<live.speeds.count {
      let piece = DirectedPiece(UInt32(position))
      let measured = live.speeds[piece]
      if measured.isNothing { continue }
      speeds[piece] = speeds[piece].combined(with: measured.stretches) { $1 ?? $0 }
    }
  }
}

extension ProfileConditions {
  fileprivate var knowsSpeeds: Bool {
    (0..<roads.speeds.count).contains { !roads.speeds[DirectedPiece(UInt32($0))].isNothing }
  }

  /// The weights of all arcs, by `ArcID`, on all cores. O(pieces).
  fileprivate func arcWeights() -> [Weight] {
    let courses = costs.network.arcCourse
    let count = costs.network.arcCount
    let parts = Mutex<[Int: [Weight]]>([:])
    let partCount = (count + Self.arcsAtOnce - 1) / Self.arcsAtOnce
    DispatchQueue.concurrentPerform(iterations: partCount) { part in
      let weights = (part * Self.arcsAtOnce..<min((part + 1) * Self.arcsAtOnce, count)).map {
        weight(of: courses[ArcID(UInt32($0))])
      }
      parts.withLock { $0[part] = weights }
    }
    return parts.withLock { parts in (0..<partCount).flatMap { parts[$0] ?? [] } }
  }

  private static var arcsAtOnce: Int { 1 << 14 }
}
