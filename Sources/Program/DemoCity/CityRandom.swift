import Geometry

/// A seeded generator for one purpose, so that drawing more numbers for one part of the city does not move every other
/// part. A city's bytes must not change, so what it draws is derived here as well.
struct CityRandom: Sendable {
  private var numbers: SplitMix64

  init(seed: UInt64, stream: UInt64) {
    var streams = SplitMix64(seed: stream)
    numbers = SplitMix64(seed: SplitMix64.scrambled(seed ^ streams.next()))
  }

  mutating func next() -> UInt64 { numbers.next() }

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
