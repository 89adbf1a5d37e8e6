import MapFile

/// A road vertex: a place where road segments meet or end.
@frozen public struct VertexID: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A directed road arc, from its tail vertex to its head vertex. Arcs are numbered by tail.
@frozen public struct ArcID: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// An undirected road segment: the stretch of road between two vertices, with its shape.
@frozen public struct SegmentID: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A piece of a road segment: a stretch of one OSM way, or one OSM node on it that matters (a gate, a signal).
@frozen public struct PieceID: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A turn from one arc onto an arc that starts where the first one ends. Turns are numbered by the arc they leave.
@frozen public struct TurnID: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// An OSM way that lies in the map, in the order of the OSM ids.
@frozen public struct WayID: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// An OSM node that a vehicle feels: a barrier or a signal.
@frozen public struct FeatureID: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A set of road attributes that many ways share.
@frozen public struct AttributesID: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A text of the map's string table; 0 is the empty text.
@frozen public struct TextID: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
  public static let empty = TextID(UInt32(0))
}

/// One point of a road segment's shape.
@frozen public struct ShapePointID: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A rule of the map that holds at times only.
@frozen public struct ConditionID: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}
