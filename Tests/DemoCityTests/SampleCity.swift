import DemoCity

/// Cities that several tests look at; each is made once.
struct SampleCity: Sendable {
  static let seeds: [UInt64] = [1, 2, 3]
  static let junctions = 4_000

  let plan: CityPlan
  let text: OPLText

  static let all: [UInt64: SampleCity] = {
    var cities: [UInt64: SampleCity] = [:]
    for seed in seeds {
      guard let plan = try? CityPlan(seed: seed, junctions: junctions) else { continue }
      cities[seed] = SampleCity(plan: plan, text: OPLText(plan))
    }
    return cities
  }()
}
