import API
import Dispatching
import Hierarchy
import RoadGraph
import Synchronization
import Traffic

/// What is covered from posts: kept until traffic or the demand changes, as it takes a sweep for every eight posts.
final class CoverCache: Sendable {
  /// One vehicle, one limit of travel, one layer.
  struct Key: Hashable {
    var profile: String
    var travelMilliseconds: Weight
    var layer: String
  }

  /// What was found on one moment of traffic.
  private struct Kept {
    var version: UInt64
    /// Held, so that no other layer comes to stand at its address.
    var layer: KeptLayer
    var sets: [Place: CoverSet] = [:]

    var byteCount: Int { sets.count * layer.layer.features.count / 8 }
  }

  private let kept = Mutex<[Key: Kept]>([:])
  /// More is forgotten, but for what was asked for last.
  private static let bytesMax = 64 << 20

  /// The sets of some places.
  ///
  /// - Parameters:
  ///   - version: of the traffic; `nil` for one that nobody else sees, of which nothing is kept.
  ///   - find: finds the sets of places that are not known.
  func sets(
    of places: [Place], _ key: Key, _ layer: KeptLayer, version: UInt64?,
    find: ([Place]) throws(EngineError) -> [CoverSet]
  ) throws(EngineError) -> [CoverSet] {
    guard let version else { return try find(places) }
    var known = kept.withLock { $0[key] } ?? Kept(version: version, layer: layer)
    if known.version != version || known.layer !== layer { known = Kept(version: version, layer: layer) }
    let missing = Array(Set(places.filter { known.sets[$0] == nil }))
    if !missing.isEmpty {
      for (place, set) in zip(missing, try find(missing)) { known.sets[place] = set }
      kept.withLock { kept in
        kept = kept.filter { $0.value.version >= version }
        if kept.values.reduce(known.byteCount, { $0 + $1.byteCount }) > Self.bytesMax { kept = [:] }
        kept[key] = known
      }
    }
    return places.compactMap { known.sets[$0] }
  }
}

/// How long units drive to posts: kept until traffic changes or the unit moves.
final class DriveCache: Sendable {
  /// The units of one profile.
  private struct Kept {
    var version: UInt64
    var places: [Place]
    /// Units are held, so that no other one comes to stand at an address.
    var drives: [ObjectIdentifier: (unit: AnyObject & Sendable, milliseconds: [Weight])] = [:]
  }

  private let kept = Mutex<[String: Kept]>([:])

  /// For each unit the weights of its ways to all places; infinity where there is none.
  ///
  /// - Parameters:
  ///   - units: of one profile.
  ///   - version: as for ``CoverCache``.
  ///   - find: finds the weights of units that are not known.
  func drives<Unit: AnyObject & Sendable>(
    of units: [Unit], to places: [Place], profile: String, version: UInt64?,
    find: ([Unit]) throws(EngineError) -> [[Weight]]
  ) throws(EngineError) -> [[Weight]] {
    guard let version else { return try find(units) }
    var known = kept.withLock { $0[profile] } ?? Kept(version: version, places: places)
    if known.version != version || known.places != places { known = Kept(version: version, places: places) }
    let missing = units.filter { known.drives[ObjectIdentifier($0)] == nil }
    if !missing.isEmpty {
      let found = try find(missing)
      let meant = Set(units.map(ObjectIdentifier.init))
      known.drives = known.drives.filter { meant.contains($0.key) }
      for (unit, weights) in zip(missing, found) { known.drives[ObjectIdentifier(unit)] = (unit, weights) }
      kept.withLock { $0[profile] = known }
    }
    return units.compactMap { known.drives[ObjectIdentifier($0)]?.milliseconds }
  }
}
