import Geometry

/// Lines by what they have in common; groups stay in the order in which they first came.
struct LineGroups<Kind: Hashable & Sendable>: Sendable {
  private(set) var groups: [(kind: Kind, lines: [[Coordinate]])] = []
  private var numbers: [Kind: Int] = [:]

  /// O(1).
  mutating func add(_ line: [Coordinate], to kind: Kind) { add([line], to: kind) }

  mutating func add(_ lines: [[Coordinate]], to kind: Kind) {
    if let known = numbers[kind] {
      groups[known].lines += lines
    } else {
      numbers[kind] = groups.count
      groups.append((kind, lines))
    }
  }
}
