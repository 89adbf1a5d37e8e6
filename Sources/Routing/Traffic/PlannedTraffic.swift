import API
import Foundation
import Hierarchy
import Profiles
import RoadGraph
import Synchronization

/// Snapshots of moments to come: the closures, the conditional rules and the typical speeds of then.
///
/// What is measured now says little about then, so live speeds count for half an hour only. The snapshots that were
/// made last are kept: another question about the same hour finds its metric, unless other closures hold.
public final class PlannedTraffic: Sendable {
  /// A moment that a question is about.
  public struct Moment: Sendable {
    public var date: Date
    public var now: Date

    public init(_ date: Date, now: Date) { (self.date, self.now) = (date, now) }

    /// True while measured speeds still say something.
    var isSoon: Bool { date.timeIntervalSince(now) <= PlannedTraffic.liveSeconds }
  }

  /// How long a measured speed says something about what comes.
  public static let liveSeconds = 1_800.0

  /// `nil` if none are known.
  public let typical: TypicalSpeeds?
  private let network: RoadNetwork
  private let schedule: RoadSchedule
  private let workshop: Mutex<PlannedWorkshop>

  /// - Parameter metricsMax: how many metrics are kept, each as large as a profile's own.
  public init(
    _ typical: TypicalSpeeds?, _ schedule: RoadSchedule, network: RoadNetwork, hierarchy: ContractionHierarchy,
    metricsMax: Int
  ) {
    (self.typical, self.network, self.schedule) = (typical, network, schedule)
    workshop = Mutex(PlannedWorkshop(hierarchy, metricsMax: metricsMax))
  }

  /// How many metrics are kept at the moment.
  public var metricCount: Int { workshop.withLock { $0.metricCount } }

  /// Traffic at a moment, and what its speeds rest on; `nil` if it was ended.
  ///
  /// - Parameters:
  ///   - base: the latest snapshot.
  ///   - state: what `base` was made from.
  ///   - names: the profiles that the question is about; others are as they are now.
  ///   - isOver: looked at every few milliseconds: true ends the work.
  /// - Complexity: O(closures) if its metrics are kept; that of a question's own closures if only the closures
  ///   differ; a customization of each profile for another hour.
  public func snapshot(
    at moment: Moment, of base: TrafficSnapshot, _ state: TrafficState, for names: [String],
    isOver: @Sendable () -> Bool
  ) -> (snapshot: TrafficSnapshot, basis: SpeedBasis)? {
    guard moment.date > moment.now else { return (base, .live) }
    let live = moment.isSoon && state.knowsSpeeds ? base.conditions : nil
    let slot = typical.map { $0.slot(at: moment.date, in: network.clock) }
    let entries = state.entries.filter { $0.resolved.isActive(at: moment.date) }
    let wanted = PlannedWorkshop.Wanted(
      slot: slot, liveVersion: live == nil ? nil : base.version, closures: entries.map(\.serial))
    let sources = PlannedWorkshop.Sources(
      base: base, live: live, typical: typical, schedule: schedule, date: moment.date,
      closures: entries.map(\.resolved), names: names)
    guard let made = workshop.withLock({ $0.snapshot(wanted, of: sources, isOver) }) else { return nil }
    return (made, SpeedBasis(isTypical: slot != nil, isLive: live != nil, isSoon: moment.isSoon))
  }
}

extension SpeedBasis {
  fileprivate init(isTypical: Bool, isLive: Bool, isSoon: Bool) {
    switch (isTypical, isLive) {
    case (true, true): self = .mixed
    case (true, false): self = .typical
    case (false, true): self = .live
    // A road of which nobody measures anything is as free soon as it is now.
    case (false, false): self = isSoon ? .live : .freeFlow
    }
  }
}

extension TrafficState {
  /// True if a source knows a speed or a turn penalty now.
  fileprivate var knowsSpeeds: Bool { layers.values.contains { !$0.isEmpty } }
}
