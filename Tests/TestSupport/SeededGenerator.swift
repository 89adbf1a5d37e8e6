import Geometry

public typealias SeededGenerator = SplitMix64

extension SplitMix64 {
  /// True once in `count` times.
  public mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
}
