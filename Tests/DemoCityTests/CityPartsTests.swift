import Foundation
import Testing

@testable import DemoCity

@Suite struct CityPartsTests {
  @Test func randomNumbersStayInRange() {
    var random = CityRandom(seed: 9, stream: 1)
    var counts = [0, 0, 0, 0, 0]
    for _ in 0..<5_000 {
      #expect((0..<1).contains(random.fraction()))
      #expect((-2...3).contains(random.value(-2, 3)))
      counts[random.index(below: 5)] += 1
    }
    #expect(counts.allSatisfy { (850...1_150).contains($0) }, "\(counts)")
    var other = CityRandom(seed: 9, stream: 2)
    #expect(random.next() != other.next())
  }

  @Test func cosineAndSineAreExact() {
    for step in -2_000...2_000 {
      let angle = Double(step) / 97
      let direction = PlanePoint(angleRadians: angle)
      #expect(abs(direction.x - cos(angle)) < 1e-14 && abs(direction.y - sin(angle)) < 1e-14, "\(angle)")
    }
  }

  @Test func anglesAreMeasured() {
    for degrees in 0..<360 {
      let angle = Double(degrees) * Double.pi / 180
      #expect(abs((PlanePoint(angleRadians: angle) * 5).angleRadians - angle) < 1e-12, "\(degrees) degrees")
    }
  }

  @Test func anglesAreOrdered() {
    let order = (0..<360).map { PlanePoint(angleRadians: Double($0) * Double.pi / 180).angleOrder }
    #expect(zip(order, order.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func namesDoNotRepeat() {
    let count: UInt32 = 30_000
    let names = (0..<count).map { StreetName(number: $0, roadClass: .residential).text }
    #expect(Set(names).count == Int(count))
    #expect(names[0].split(separator: " ").count == 2)
    #expect(Set((0..<70).map(BridgeName.name)).count == 70)
    #expect(BridgeName.name(0) == "Han Bridge")
  }

  @Test func theQueueGivesTheLargestFirst() {
    var random = CityRandom(seed: 4, stream: 4)
    var queue = BlockQueue()
    var expected: [(key: Double, block: Int32)] = []
    for block in 0..<500 as Range<Int32> {
      let key = Double(random.index(below: 90))
      queue.add(block, key: key)
      expected.append((key, block))
    }
    expected.sort { ($0.key, -$0.block) > ($1.key, -$1.block) }
    for entry in expected { #expect(queue.takeFirst() == entry.block) }
    #expect(queue.takeFirst() == nil)
  }

  /// The landscape turns no small triangle over, and so lets no lines cross that did not cross before.
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64], [200, 10_000, 1_000_000])
  func landscapeDoesNotFold(_ seed: UInt64, _ junctions: Int) {
    let dimensions = CityDimensions(seed: seed, junctions: junctions)
    let landscape = Landscape(seed: seed, dimensions: dimensions)
    var random = CityRandom(seed: seed, stream: 77)
    for _ in 0..<4_000 {
      let share = random.fraction()
      let place = PlanePoint(angleRadians: random.value(0, 6.3)) * (share * dimensions.radiusMeters * 1.1)
      let first = landscape.ground(place)
      let east = landscape.ground(place + PlanePoint(x: 1, y: 0)) - first
      let north = landscape.ground(place + PlanePoint(x: 0, y: 1)) - first
      #expect(east.cross(north) > 0.15, "seed \(seed), \(place)")
    }
  }

  @Test func blocksAnswerQuestions() throws {
    let map = StreetMapTests.square()
    let inside = try #require((0..<2).first { map.doubleArea(ofBlock: $0) > 0 })
    let block = Block(Int32(inside), of: map)
    #expect(block.areaSquareMeters == 10_000)
    #expect(block.centroid == PlanePoint(x: 50, y: 50))
    #expect(block.contains(PlanePoint(x: 1, y: 99)) && !block.contains(PlanePoint(x: 101, y: 50)))
    #expect(block.clearanceMeters(at: PlanePoint(x: 30, y: 40)) == 30)
    let hit = try #require(block.firstHit(from: PlanePoint(x: 50, y: 20), along: PlanePoint(x: 0, y: 1)))
    #expect(hit.distanceMeters == 80)
    #expect(block.isClear(from: PlanePoint(x: 0, y: 50), to: PlanePoint(x: 100, y: 50)))
    #expect(!block.isClear(from: PlanePoint(x: 50, y: 50), to: PlanePoint(x: 150, y: 60)))
  }
}
