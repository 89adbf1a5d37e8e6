import RoadGraph

/// One value for each case of an enumeration, such as ``RoadClass``.
public struct KindTable<Kind: CaseIterable & RawRepresentable<UInt8>, Value: Hashable & Sendable>: Hashable, Sendable {
  private var values: [Value]

  /// The same value for every case.
  public init(repeating value: Value) { values = Array(repeating: value, count: Kind.allCases.count) }

  /// The value of a case. O(1).
  public subscript(kind: Kind) -> Value {
    get { values[Int(kind.rawValue)] }
    set { values[Int(kind.rawValue)] = newValue }
  }
}
