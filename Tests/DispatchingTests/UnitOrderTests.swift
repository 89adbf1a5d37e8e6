import Dispatching
import TestSupport
import Testing

/// Who goes first.
@Suite struct UnitOrderTests {
  @Test func withoutMoreThanTimesItIsThatOfTheFastestUnits() {
    let orders = [
      UnitOrder(bucket: 100, etaMilliseconds: 100), UnitOrder(bucket: 200, etaMilliseconds: 200),
      UnitOrder(needsLastResort: true, bucket: 50, etaMilliseconds: 50),
    ]
    #expect(orders.sorted() == orders)
  }

  @Test func tierGoesBeforeTimeAndALastResortBehindAll() {
    let orders = [
      UnitOrder(bucket: 900, etaMilliseconds: 900),
      UnitOrder(tier: .last, bucket: 100, etaMilliseconds: 100),
      UnitOrder(tier: .kept, bucket: 50, etaMilliseconds: 50),
      UnitOrder(needsLastResort: true, bucket: 10, etaMilliseconds: 10),
      UnitOrder(needsLastResort: true, tier: .last, bucket: 5, etaMilliseconds: 5),
    ]
    #expect(orders.sorted() == orders)
  }

  @Test func inOneBucketTheLongestIdleGoesFirstAndUnknownLast() {
    let tie = TieRule(milliseconds: 30_000)
    func order(_ eta: Int64, idle: Int64?) -> UnitOrder {
      UnitOrder(bucket: tie.bucket(eta), idleSinceMilliseconds: idle, etaMilliseconds: eta)
    }
    let orders = [
      order(59_000, idle: 1), order(31_000, idle: 2), order(30_000, idle: nil), order(45_000, idle: nil),
      order(60_000, idle: 0),
    ]
    #expect(orders.sorted() == orders)
  }

  /// "Less than so much apart" would not be one.
  @Test func isAnOrderWhateverComesTogether() {
    for seed in 0..<200 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let tie = TieRule(milliseconds: Int64.random(in: 0...4, using: &generator))
      let orders = (0..<8).map { _ in
        let eta = Int64.random(in: 0...12, using: &generator)
        return UnitOrder(
          bucket: tie.bucket(eta),
          idleSinceMilliseconds: generator.oneIn(2) ? nil : Int64.random(in: 0...3, using: &generator),
          etaMilliseconds: eta)
      }
      #expect(orders.shuffled(using: &generator).sorted() == orders.sorted(), "seed \(seed)")
    }
  }

  @Test func sumsPutLastResortsBeforeTiersAndTiersBeforeTimes() {
    let late = UnitOrder(bucket: UnitOrder.bucketMax, etaMilliseconds: 0).cost
    let last = UnitOrder(tier: .last, bucket: 0, etaMilliseconds: 0).cost
    let kept = UnitOrder(tier: .kept, bucket: 0, etaMilliseconds: 0).cost
    let lastResort = UnitOrder(needsLastResort: true, bucket: 0, etaMilliseconds: 0).cost
    let many = Int64(UnitOrder.addendsMax)
    #expect(late * many < last)
    #expect((kept + late) * many < lastResort)
    #expect((lastResort + kept + late).multipliedReportingOverflow(by: many).overflow == false)
  }
}
