/// A small seeded generator of random numbers: SplitMix64 (Steele, Lea, Flood, doi:10.1145/2714064.2660195).
///
/// The standard library's generators are not used, since their algorithms may change between releases and a city's
/// bytes must not.
struct CityRandom: Sendable {
  private var state: UInt64

  /// A generator of its own for one purpose, so that drawing more numbers for one part of the city does not move
  /// every other part.
  init(seed: UInt64, stream: UInt64) {
    state = CityRandom.scramble(seed ^ CityRandom.scramble(stream &+ CityRandom.increment))
  }

  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// SplitMix64's finalizer: a bijection of the 64-bit integers.
  static func scramble(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func next() -> UInt64 {
    state &+= CityRandom.increment
    return CityRandom.scramble(state)
  }

  /// A number in `0..<1`.
  mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func value(_ low: Double, _ high: Double) -> Double { low + (high - low) * fraction() }

  mutating func index(below count: Int) -> Int {
    precondition(count > 0)
    return Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  mutating func chance(_ probability: Double) -> Bool { fraction() < probability }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[index(below: choices.count)] }
}
