import API
import Geometry
import RoadGraph

/// A department's overrides on one map: by the ids of its road network.
public struct ResolvedOverrides: Hashable, Sendable {
  var ways: [WayID: [RoadOverrides.WayEntry]] = [:]
  var features: [FeatureID: [RoadOverrides.NodeEntry]] = [:]
  /// Junctions without a signal or barrier.
  var vertices: [VertexID: [RoadOverrides.NodeEntry]] = [:]
  var turns: [TurnID: [RoadOverrides.TurnEntry]] = [:]
  private var doorsByStation: [String: [StationDoors]] = [:]

  /// The doors behind which a unit stands; `nil` if it stands elsewhere. O(doors of the station).
  ///
  /// - Parameters:
  ///   - name: of the unit's station, as the unit gives it.
  ///   - place: where the unit is.
  public func doors(ofStation name: String, at place: Coordinate) -> StationDoors? {
    doorsByStation[name]?.filter { $0.isHome(ofStation: name, at: place) }
      .min { $0.coordinate.distanceMeters(to: place) < $1.coordinate.distanceMeters(to: place) }
  }

  mutating func add(_ doors: StationDoors) { doorsByStation[doors.station, default: []].append(doors) }
}

// MARK: What one profile sees. Of several entries that say something, the last one in the file counts.

extension ResolvedOverrides {
  /// What the department says of an OSM way for a profile, in the order of its file. O(entries of the way).
  public func entries(ofWay way: WayID, for profile: String) -> [RoadOverrides.WayEntry] {
    ways[way, default: []].filter { $0.head.isFor(profile) }
  }

  /// What the department says for a profile of a signal or barrier, in the order of its file. O(entries there).
  public func entries(of feature: FeatureID, for profile: String) -> [RoadOverrides.NodeEntry] {
    features[feature, default: []].filter { $0.head.isFor(profile) }
  }

  /// What the department says for a profile of a junction without one, in the order of its file. O(entries there).
  public func entries(at vertex: VertexID, for profile: String) -> [RoadOverrides.NodeEntry] {
    vertices[vertex, default: []].filter { $0.head.isFor(profile) }
  }

  func change(ofWay way: WayID, isAgainstWay: Bool, for profile: String) -> WayChange {
    let direction: RoadOverrides.Direction = isAgainstWay ? .backward : .forward
    return entries(ofWay: way, for: profile).reduce(into: WayChange()) { change, entry in
      guard entry.direction == .both || entry.direction == direction else { return }
      change = WayChange(use: entry.change.use ?? change.use, speedKmh: entry.change.speedKmh ?? change.speedKmh)
    }
  }

  static func change(by entries: [RoadOverrides.NodeEntry], for profile: String) -> NodeChange {
    entries.reduce(into: NodeChange()) { change, entry in
      guard entry.head.isFor(profile) else { return }
      change = NodeChange(
        use: entry.change.use ?? change.use, delaySeconds: entry.change.delaySeconds ?? change.delaySeconds)
    }
  }
}

extension RoadOverrides {
  /// Puts the overrides on a map.
  ///
  /// - Parameter profileNames: the profiles that there are; an entry that names another one is reported.
  /// - Returns: what holds on the map, and what matches nothing in it, in the order of the file's kinds.
  /// - Complexity: O(entries + ways + vertices + arcs).
  public func resolved(
    on network: RoadNetwork, profileNames: Set<String>
  ) -> (overrides: ResolvedOverrides, unmatched: [UnmatchedOverride]) {
    var resolver = OverrideResolver(network: network, profileNames: profileNames)
    for entry in ways { resolver.add(entry) }
    resolver.add(nodes)
    resolver.add(turns)
    for doors in stations { resolver.add(doors) }
    return (resolver.overrides, resolver.unmatched)
  }
}
