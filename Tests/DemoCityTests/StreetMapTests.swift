import Testing

@testable import DemoCity

@Suite struct StreetMapTests {
  /// A square of roads, 100 m wide.
  static func square() -> StreetMap {
    let points = [(0.0, 0.0), (100, 0), (100, 100), (0, 100)].map { PlanePoint(x: $0.0, y: $0.1) }
    let lines = (0..<4).map {
      SkeletonLine(from: Int32($0), to: Int32(($0 + 1) % 4), street: 0, traits: RoadTraits(.residential))
    }
    return StreetMap(points: points, lines: lines)
  }

  @Test func aSquareHasAnInsideAndAnOutside() {
    let map = Self.square()
    map.checkInvariants()
    #expect(map.blockCount == 2)
    #expect((0..<2).map { map.doubleArea(ofBlock: $0) }.sorted() == [-20_000, 20_000])
    #expect(map.junctionCount == 0)
  }

  @Test func aStreetMakesTwoBlocksAndTwoJunctions() throws {
    var map = Self.square()
    let south = map.split(0, at: PlanePoint(x: 50, y: 0))
    let north = map.split(4, at: PlanePoint(x: 50, y: 100))
    map.checkInvariants()
    #expect(map.junctionCount == 0)
    let side = map.connect(before: south, north, street: 1, traits: RoadTraits(.residential))
    map.checkInvariants()
    #expect(map.blockCount == 3)
    #expect(map.junctionCount == 2)
    #expect(map.doubleArea(ofBlock: Int(map.block[Int(side)])) == 10_000)
    #expect(map.doubleArea(ofBlock: Int(map.block[Int(side ^ 1)])) == 10_000)
  }

  @Test func deadEndsBelongToTheirBlock() {
    var map = Self.square()
    let corner = map.split(0, at: PlanePoint(x: 50, y: 0))
    let spur = map.addSpur(before: corner, to: PlanePoint(x: 50, y: 40), street: 1, traits: RoadTraits(.residential))
    map.checkInvariants()
    #expect(map.blockCount == 2)
    #expect(map.sides(around: Int(map.block[Int(spur)])).count == 7)
    _ = map.split(spur, at: PlanePoint(x: 50, y: 20))
    map.checkInvariants()
    #expect(map.sides(around: Int(map.block[Int(spur)])).count == 9)
    #expect(map.junctionCount == 1)
  }

  @Test func splittingKeepsTheStreetsDirection() {
    var map = Self.square()
    _ = map.split(1, at: PlanePoint(x: 50, y: 0))
    map.checkInvariants()
    let south = (0..<map.pieceCount).filter { map.start(Int32(2 * $0)).y == 0 && map.end(Int32(2 * $0)).y == 0 }
    #expect(south.count == 2)
    #expect(south.allSatisfy { map.start(Int32(2 * $0)).x < map.end(Int32(2 * $0)).x })
  }

  @Test func takingARoadAwayTakesItsJunctions() {
    var map = Self.square()
    let south = map.split(0, at: PlanePoint(x: 50, y: 0))
    let north = map.split(4, at: PlanePoint(x: 50, y: 100))
    let side = map.connect(before: south, north, street: 1, traits: RoadTraits(.residential))
    map.setTraits(RoadTraits(.none), ofPiece: StreetMap.piece(side))
    map.checkInvariants()
    #expect(map.junctionCount == 0)
  }

  @Test(arguments: [1, 2, 3] as [UInt64], [200, 2_000])
  func aWholeCityIsConsistent(_ seed: UInt64, _ junctions: Int) {
    let city = CityDraft(seed: seed, junctions: junctions)
    city.map.checkInvariants()
    let areas = (0..<city.map.blockCount).map { city.map.doubleArea(ofBlock: $0) }
    #expect(areas.count { $0 < 0 } == 1, "one outside, seed \(seed)")
    #expect(abs(areas.reduce(0, +)) < 1e-6 * areas.map(abs).reduce(0, +), "blocks fill the plan, seed \(seed)")
  }
}
