import Geometry

/// What a planned city contains.
public struct CitySummary: Sendable, Equatable {
  /// A bridge over the river.
  public struct Bridge: Sendable, Equatable {
    /// Such as "Han Bridge".
    public var name: String
    /// The OSM ways on the bridge: one, or two where the road is divided.
    public var wayIDs: [Int64]
  }

  /// OSM nodes where three or more roads meet.
  public var junctions: Int
  /// All OSM nodes.
  public var nodes: Int
  /// OSM ways, the river included.
  public var ways: Int
  /// The bridges over the river, the most central one ("Han Bridge") first.
  public var bridges: [Bridge]
  /// Turn restrictions.
  public var restrictions: Int
  /// OSM nodes with traffic signals.
  public var signals: Int
  /// OSM nodes with gates and lift gates.
  public var gates: Int
  /// OSM nodes with bollards.
  public var bollards: Int
  /// OSM ways that only responders may use.
  public var cutThroughs: Int
  /// Roundabouts.
  public var roundabouts: Int
  /// Fire and police stations.
  public var stations: [CityStation]
  /// Hospitals.
  public var hospitals: [CityStation]
}

/// A fire station, a police station or a hospital.
public struct CityStation: Sendable, Equatable {
  /// What a station is, with the value of OSM's `amenity`.
  public enum Kind: String, Sendable, CaseIterable {
    /// A fire station.
    case fire = "fire_station"
    /// A police station.
    case police = "police"
    /// A hospital.
    case hospital = "hospital"
  }

  /// Such as "Maple Fire Station".
  public var name: String
  /// What it is.
  public var kind: Kind
  /// Its OSM node.
  public var nodeID: Int64
  public var coordinate: Coordinate
}
