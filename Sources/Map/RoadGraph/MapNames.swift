import Geometry
import MapFile

/// A point that people name places by. 32 bytes in the file.
public struct NamedPoint: Hashable, Sendable, BitwiseCopyable {
  /// What it is.
  public enum Kind: UInt8, CaseIterable, Sendable {
    case junction, motorwayJunction, signals, milestone
  }

  public var osmID: Int64
  public var coordinate: Coordinate
  /// Of a milestone: the direction of its carriageway, as its sign has it.
  public var name: TextID
  /// The number of a junction; of a milestone that of the road.
  public var ref: TextID
  private var kindValue: UInt32
  /// What a milestone says; 0 for all else.
  public var meters: UInt32

  public init(osmID: Int64, _ coordinate: Coordinate, kind: Kind, name: TextID, ref: TextID, meters: UInt32 = 0) {
    (self.osmID, self.coordinate, self.name, self.ref) = (osmID, coordinate, name, ref)
    (kindValue, self.meters) = (UInt32(kind.rawValue), meters)
  }

  public var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: kindValue)) ?? .junction }
}

/// The name of a vertex. 8 bytes in the file.
public struct VertexName: Sendable, BitwiseCopyable {
  public var vertex: VertexID
  public var name: TextID

  public init(_ vertex: VertexID, _ name: TextID) { (self.vertex, self.name) = (vertex, name) }
}

/// What else an OSM way is called by. 12 bytes in the file.
public struct WayName: Sendable, BitwiseCopyable {
  /// What the text is.
  public enum Kind: UInt8, CaseIterable, Sendable {
    /// The bridge that the way lies on, the tunnel that it lies in.
    case bridge, tunnel
    /// Where signs say that it leads, along the OSM way and against it.
    case destinationForward, destinationBackward
  }

  public var way: WayID
  private var kindValue: UInt32
  public var text: TextID

  public init(_ way: WayID, _ kind: Kind, _ text: TextID) {
    (self.way, kindValue, self.text) = (way, UInt32(kind.rawValue), text)
  }

  public var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: kindValue)) ?? .bridge }
  fileprivate var order: UInt64 { UInt64(way.rawValue) << 32 | UInt64(kindValue) }
  fileprivate static func order(_ way: WayID, _ kind: Kind) -> UInt64 {
    UInt64(way.rawValue) << 32 | UInt64(kind.rawValue)
  }
}

/// A name in another language. 8 bytes in the file.
public struct OtherName: Hashable, Sendable, BitwiseCopyable {
  /// The name that the map has.
  public var name: TextID
  /// The same in English, Korean or Vietnamese.
  public var other: TextID

  public init(_ name: TextID, _ other: TextID) { (self.name, self.other) = (name, other) }
}

/// What people call places on the roads, beside the names of streets.
public struct MapNames: Sendable {
  /// By OSM id.
  public let points: Rows<NamedPoint>
  /// By vertex; few have one.
  public let vertexNames: Rows<VertexName>
  /// By OSM way and kind; few have one.
  public let wayNames: Rows<WayName>
  /// By name.
  public let otherNames: Rows<OtherName>

  /// Seals what an import collected. O(n log n).
  init(_ tables: MapNameTables) {
    points = Rows(tables.points)
    vertexNames = Rows(tables.vertexNames.sorted { $0.vertex < $1.vertex })
    wayNames = Rows(tables.wayNames.sorted { $0.order < $1.order })
    otherNames = Rows(
      tables.otherNames.sorted { ($0.name.rawValue, $0.other.rawValue) < ($1.name.rawValue, $1.other.rawValue) })
  }

  init(from file: MappedMapFile) throws(MapFileError) {
    points = try file.table("road.named-points")
    vertexNames = try file.table("road.vertex-names")
    wayNames = try file.table("road.way-names")
    otherNames = try file.table("road.other-names")
  }

  func addSections(to file: inout MapFileWriter) {
    file.add("road.named-points", points)
    file.add("road.vertex-names", vertexNames)
    file.add("road.way-names", wayNames)
    file.add("road.other-names", otherNames)
  }

  /// The name of the junction at a vertex; `nil` if it has none. O(log names).
  public func name(of vertex: VertexID) -> TextID? {
    vertexNames.buffer.index(of: vertex, sortedBy: \.vertex).map { vertexNames[position: $0].name }
  }

  /// What an OSM way is called as well; `nil` if nothing is known. O(log names).
  public func text(of way: WayID, _ kind: WayName.Kind) -> TextID? {
    wayNames.buffer.index(of: WayName.order(way, kind), sortedBy: \.order).map { wayNames[position: $0].text }
  }
}

/// What people call places, before it is sealed.
public struct MapNameTables {
  public var points: [NamedPoint] = []
  public var vertexNames: [VertexName] = []
  public var wayNames: [WayName] = []
  public var otherNames: [OtherName] = []
}
