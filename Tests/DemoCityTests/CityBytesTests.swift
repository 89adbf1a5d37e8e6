import DemoCity
import Testing

@Suite struct CityBytesTests {
  @Test func sameSeedSameBytes() throws {
    let first = try CityPlan(seed: 1, junctions: 3_000)
    let second = try CityPlan(seed: 1, junctions: 3_000)
    #expect(first.bytes == second.bytes)
    #expect(first.summary == second.summary)
    #expect(first.unitRoster(count: 40) == second.unitRoster(count: 40))
  }

  @Test func otherSeedOtherBytes() throws {
    let first = try CityPlan(seed: 1, junctions: 1_000)
    let second = try CityPlan(seed: 2, junctions: 1_000)
    #expect(first.bytes != second.bytes)
  }

  @Test(arguments: [-1, 0, 199, 2_000_001, Int.max])
  func refusesOtherSizes(_ junctions: Int) {
    do {
      _ = try CityPlan(seed: 1, junctions: junctions)
      Issue.record("\(junctions) junctions were accepted")
    } catch {
      #expect(error.code.rawValue == "CITY_SIZE_OUT_OF_RANGE")
      #expect(error.junctions == junctions)
      #expect(error.description.contains("\(junctions)"))
    }
  }

  /// Small cities have little room for rivers and motorways: many seeds look for the one that does not fit.
  @Test func plansTheSmallestCityForManySeeds() throws {
    for seed in 1...40 as ClosedRange<UInt64> {
      let plan = try CityPlan(seed: seed, junctions: CityPlan.minimumJunctions)
      #expect(!plan.summary.bridges.isEmpty, "seed \(seed)")
      #expect(abs(plan.summary.junctions - 200) < 60, "seed \(seed): \(plan.summary.junctions)")
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64], [1_000, 1_700])
  func hasTheWantedNumberOfJunctions(_ seed: UInt64, _ junctions: Int) throws {
    let plan = try CityPlan(seed: seed, junctions: junctions)
    let counted = OPLText(plan).roadDegrees().count { $0 >= 3 }
    #expect(plan.summary.junctions == counted, "seed \(seed)")
    #expect(abs(counted - junctions) * 20 <= junctions, "seed \(seed): \(counted)")
  }

  @Test func writesInPiecesAndPassesErrorsOn() throws {
    struct Full: Error {}
    let plan = try CityPlan(seed: 5, junctions: 4_000)
    var pieces = 0
    #expect(throws: Full.self) {
      try plan.write { piece in
        pieces += 1
        #expect(piece.count < 1 << 18)
        if pieces == 3 { throw Full() }
      }
    }
    #expect(pieces == 3)
  }
}
