/// The weights that some metrics give to one arc, one in each lane, so that one step of customization serves all of
/// them.
protocol WeightVector: BitwiseCopyable, Sendable {
  associatedtype Sums: SumVector where Sums.Weights == Self

  /// How many metrics there are at most.
  static var laneCount: Int { get }
  static var infinity: Self { get }
  /// Whether every lane is infinite.
  var isInfinite: Bool { get }
  /// Bit i is set where lane i differs from that of another vector.
  func lanes(differingFrom other: Self) -> UInt8
}

/// Sums of two weights, one in each lane. Two infinities add up without wrapping.
protocol SumVector: BitwiseCopyable, Sendable {
  associatedtype Weights: WeightVector where Weights.Sums == Self

  init(_ weights: Weights)
  /// What the sums are as weights, if none is above infinity.
  var weights: Weights { get }
  /// The sum of weights, this vector being one.
  func adding(_ weights: Weights) -> Self
  /// The smaller one in each lane.
  func lowered(by other: Self) -> Self
  /// Whether some lane is below that of another vector.
  func isAnywhereBelow(_ other: Self) -> Bool
  /// Whether in some lane this sum was the weight of an arc, and has grown since.
  func wasAnywhereTight(at weight: Self, becoming grown: Self) -> Bool
}

// MARK: - One metric

extension UInt32: WeightVector, SumVector {
  typealias Weights = UInt32
  typealias Sums = UInt32

  static var laneCount: Int { 1 }
  @inline(__always) var isInfinite: Bool { self >= .infinity }
  @inline(__always) func lanes(differingFrom other: UInt32) -> UInt8 { self == other ? 0 : 1 }

  @inline(__always) var weights: UInt32 { self }
  @inline(__always) func adding(_ weights: UInt32) -> UInt32 { self &+ weights }
  @inline(__always) func lowered(by other: UInt32) -> UInt32 { Swift.min(self, other) }
  @inline(__always) func isAnywhereBelow(_ other: UInt32) -> Bool { self < other }
  @inline(__always) func wasAnywhereTight(at weight: UInt32, becoming grown: UInt32) -> Bool {
    self == weight && grown > self && self < .infinity
  }
}

// MARK: - Up to four metrics

/// Four weights. Infinity is `Int32.max`, so signed numbers hold them.
struct FourWeights: WeightVector {
  typealias Sums = FourSums

  var bits: SIMD4<Int32>

  static var laneCount: Int { 4 }
  @inline(__always) static var infinity: FourWeights { FourWeights(bits: SIMD4(repeating: Int32.max)) }
  @inline(__always) var isInfinite: Bool { all(bits .== SIMD4(repeating: Int32.max)) }
  @inline(__always) func lanes(differingFrom other: FourWeights) -> UInt8 {
    let differing = SIMD4<Int32>(1, 2, 4, 8).replacing(with: 0, where: bits .== other.bits)
    return UInt8(truncatingIfNeeded: differing.wrappedSum())
  }
}

/// Four sums. A sum may have its sign bit set, and old x86-64 compares signed numbers alone, so each is kept with this
/// bit inverted: the order of signed numbers is then that of the sums. An addition needs nothing more for it.
struct FourSums: SumVector {
  var bits: SIMD4<Int32>

  private static var signs: SIMD4<Int32> { SIMD4(repeating: Int32.min) }
  private static var infinity: SIMD4<Int32> { SIMD4(repeating: -1) }

  @inline(__always) init(_ weights: FourWeights) { bits = weights.bits ^ Self.signs }
  @inline(__always) private init(bits: SIMD4<Int32>) { self.bits = bits }

  @inline(__always) var weights: FourWeights { FourWeights(bits: bits ^ Self.signs) }
  @inline(__always) func adding(_ weights: FourWeights) -> FourSums { FourSums(bits: bits &+ weights.bits) }
  @inline(__always) func lowered(by other: FourSums) -> FourSums {
    FourSums(bits: bits.replacing(with: other.bits, where: other.bits .< bits))
  }
  @inline(__always) func isAnywhereBelow(_ other: FourSums) -> Bool { any(bits .< other.bits) }
  @inline(__always) func wasAnywhereTight(at weight: FourSums, becoming grown: FourSums) -> Bool {
    any((bits .== weight.bits) .& (grown.bits .> bits) .& (bits .< Self.infinity))
  }
}
