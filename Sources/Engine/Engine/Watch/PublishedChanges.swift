import API
import Fleet
import Foundation
import Traffic

/// How the state that queries see changed by one publication, or by several that were gathered.
struct PublishedChanges: Sendable {
  /// Of the engine whose arcs are named.
  var generation = 0
  /// True if that engine took the place of another one.
  var isMapNew = false
  var version: UInt64 = 0
  var publishedAt = Date.distantPast
  /// True if there is a new snapshot, not only other units.
  var isTrafficNew = false
  var causes: [WatchCause] = []
  /// There were more causes than are kept.
  var hasMoreCauses = false
  /// By profile.
  var arcs: [String: ArcChanges] = [:]
  /// Units as they were and as they are.
  var units: [UnitChange] = []
  /// Plans or their choices were put or removed, or other hours began.
  var arePlansNew = false
  var areLayersNew = false

  static let causesMax = 1_000

  /// Adds later changes.
  mutating func add(_ later: PublishedChanges) {
    (generation, isMapNew) = (later.generation, isMapNew || later.isMapNew)
    (version, publishedAt) = (max(version, later.version), max(publishedAt, later.publishedAt))
    isTrafficNew = isTrafficNew || later.isTrafficNew
    let room = Self.causesMax - causes.count
    causes += later.causes.prefix(room)
    hasMoreCauses = hasMoreCauses || later.hasMoreCauses || later.causes.count > room
    arcs.merge(later.arcs) { $0.adding($1) }
    units += later.units
    (arePlansNew, areLayersNew) = (arePlansNew || later.arePlansNew, areLayersNew || later.areLayersNew)
  }
}

/// A unit that changed.
struct UnitChange: Sendable {
  var id: String
  /// `nil` if it was removed.
  var now: StationedUnit?
}
