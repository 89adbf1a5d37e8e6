/// Random numbers that are the same from the same seed in every run: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014,
/// doi:10.1145/2714064.2660195).
///
/// The standard library's generators are not used where numbers are kept, since their algorithms may change.
@frozen public struct SplitMix64: RandomNumberGenerator, Sendable {
  @usableFromInline var state: UInt64

  @inlinable public init(seed: UInt64) { state = seed }

  @inlinable public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.scrambled(state)
  }

  /// The finalizer: a bijection of the 64-bit integers.
  @inlinable public static func scrambled(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
