import Geometry

/// A place where units start from.
public struct Station: Hashable, Sendable {
  public var id: String
  public var name: String
  public var coordinate: Coordinate

  public init(id: String, name: String, coordinate: Coordinate) {
    (self.id, self.name, self.coordinate) = (id, name, coordinate)
  }
}
