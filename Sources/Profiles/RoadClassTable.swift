import RoadGraph

/// One value for each road class.
public struct RoadClassTable<Value: Hashable & Sendable>: Hashable, Sendable {
  private var values: [Value]

  /// The same value for every class.
  public init(repeating value: Value) { values = Array(repeating: value, count: RoadClass.allCases.count) }

  /// The value of a class. O(1).
  public subscript(roadClass: RoadClass) -> Value {
    get { values[Int(roadClass.rawValue)] }
    set { values[Int(roadClass.rawValue)] = newValue }
  }
}
