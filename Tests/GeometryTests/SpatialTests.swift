import TestSupport
import Testing

@testable import Geometry

@Suite struct BoundingBoxTests {
  @Test func holdsItsCoordinates() {
    let coordinates = [(1, 5), (-3, 2), (4, -7)].map { Coordinate(latitudeE7: $0.0, longitudeE7: $0.1) }
    let box = BoundingBox(of: coordinates)
    #expect(box == BoundingBox(minLatitudeE7: -3, minLongitudeE7: -7, maxLatitudeE7: 4, maxLongitudeE7: 5))
    #expect(coordinates.allSatisfy(box.contains))
    #expect(!box.contains(Coordinate(latitudeE7: 5, longitudeE7: 0)))
    #expect(!box.contains(Coordinate(latitudeE7: 0, longitudeE7: -8)))
    #expect(BoundingBox.empty.union(box) == box)
  }

  @Test func isNoFartherThanAnyPointInIt() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let center = Coordinate(latitudeE7: 375_000_000, longitudeE7: 1_270_000_000)
      let box = BoundingBox(of: (0..<2).map { _ in LocalPlaneTests.near(center, within: 50_000, &random) })
      let plane = LocalPlane(around: LocalPlaneTests.near(center, within: 100_000, &random))
      let distance = box.distanceMeters(in: plane)
      #expect((distance == 0) == box.contains(plane.origin))
      for _ in 0..<20 {
        let inside = Coordinate(
          latitudeE7: .random(in: box.minLatitudeE7...box.maxLatitudeE7, using: &random),
          longitudeE7: .random(in: box.minLongitudeE7...box.maxLongitudeE7, using: &random))
        let (east, north) = plane.meters(of: inside)
        #expect((east * east + north * north).squareRoot() >= distance - 1e-9)
      }
    }
  }
}

/// +180 and -180 degrees are one meridian.
@Suite struct MeridianTests {
  private let west = Coordinate(latitudeE7: -168_000_000, longitudeE7: 1_799_990_000)
  private let east = Coordinate(latitudeE7: -168_000_000, longitudeE7: -1_799_990_000)

  @Test func linesTakeTheShortWay() {
    #expect(west.interpolated(to: east, fraction: 0.25).longitudeE7 == 1_799_995_000)
    #expect(west.interpolated(to: east, fraction: 0.75).longitudeE7 == -1_799_995_000)
    #expect(abs(west.interpolated(to: east, fraction: 0.5).longitudeE7) == 1_800_000_000)
  }

  @Test func aBoxOnTheOtherSideIsNear() {
    let box = BoundingBox(of: [east, Coordinate(latitudeE7: -167_000_000, longitudeE7: -1_790_000_000)])
    #expect(abs(box.distanceMeters(in: LocalPlane(around: west)) - west.distanceMeters(to: east)) < 0.1)
  }

  @Test func areasSpanIt() throws {
    let corners = [(-169, 1_799), (-169, -1_799), (-167, -1_799), (-167, 1_799)].map {
      Coordinate(latitudeE7: $0.0 * 1_000_000, longitudeE7: $0.1 * 1_000_000)
    }
    for corners in [corners, corners.reversed()] {
      let area = try #require(Polygon(corners))
      #expect(abs(area.center.longitudeE7) > 1_799_900_000)
      #expect(area.radiusMeters < 20_000)
      #expect(area.contains(west) && area.contains(east))
      #expect(!area.contains(Coordinate(latitudeE7: -168_000_000, longitudeE7: 0)))
      #expect(area.parts(ofLineFrom: west, to: east) == [0...1])
    }
  }
}

@Suite struct HilbertCurveTests {
  /// On the coarsest eight by eight cells: every cell once, neighbours one step apart.
  @Test func visitsEveryCellOnce() {
    let side: UInt32 = 65_536 / 8
    var cells: [(position: UInt32, x: Int, y: Int)] = []
    for x in 0..<8 {
      for y in 0..<8 {
        cells.append((HilbertCurve.position(x: UInt32(x) * side, y: UInt32(y) * side) / (side * side), x, y))
      }
    }
    cells.sort { $0.position < $1.position }
    #expect(cells.map(\.position) == (0..<64).map(UInt32.init))
    for (cell, next) in zip(cells, cells.dropFirst()) {
      #expect(abs(cell.x - next.x) + abs(cell.y - next.y) == 1, "a jump after \(cell)")
    }
  }

  @Test func movesOutsidersToTheBorder() {
    let box = BoundingBox(minLatitudeE7: 0, minLongitudeE7: 0, maxLatitudeE7: 100, maxLongitudeE7: 100)
    let corner = HilbertCurve.position(of: Coordinate(latitudeE7: 100, longitudeE7: 100), in: box)
    #expect(HilbertCurve.position(of: Coordinate(latitudeE7: .max, longitudeE7: .max), in: box) == corner)
    #expect(HilbertCurve.position(of: Coordinate(latitudeE7: .min, longitudeE7: .min), in: box) == 0)
    let earth = BoundingBox(minLatitudeE7: .min, minLongitudeE7: .min, maxLatitudeE7: .max, maxLongitudeE7: .max)
    #expect(HilbertCurve.position(of: Coordinate(latitudeE7: 0, longitudeE7: 0), in: earth) > 0)
    let point = BoundingBox(of: [Coordinate(latitudeE7: 7, longitudeE7: 7)])
    #expect(HilbertCurve.position(of: Coordinate(latitudeE7: 7, longitudeE7: 7), in: point) == 0)
  }
}

@Suite struct PackedRTreeTests {
  /// Sizes around one, two and three levels.
  @Test(arguments: [1, 2, 15, 16, 17, 255, 256, 257, 1_000])
  func agreesWithBruteForce(_ itemCount: Int) {
    var random = SeededGenerator(seed: UInt64(itemCount))
    let center = Coordinate(latitudeE7: 375_000_000, longitudeE7: 1_270_000_000)
    let items = (0..<itemCount).map { _ in
      let corner = LocalPlaneTests.near(center, within: 100_000, &random)
      return BoundingBox(of: [corner, LocalPlaneTests.near(corner, within: 2_000, &random)])
    }
    let order = PackedRTree.order(of: items)
    #expect(order.sorted() == Array(0..<itemCount))
    let sorted = order.map { items[$0] }
    let boxes = PackedRTree.boxes(of: sorted)
    #expect(boxes.count == PackedRTree.boxCount(itemCount: itemCount))
    #expect(boxes.last == items.reduce(BoundingBox.empty) { $0.union($1) })
    boxes.withUnsafeBufferPointer { buffer in
      let tree = PackedRTree(itemCount: itemCount, boxes: buffer)
      for radiusMeters in [0, 100, 400, 1e9] {
        let plane = LocalPlane(around: LocalPlaneTests.near(center, within: 120_000, &random))
        let distances = sorted.map { $0.distanceMeters(in: plane) }
        let wanted = (0..<itemCount).filter { distances[$0] <= radiusMeters }.sorted {
          (distances[$0], $0) < (distances[$1], $1)
        }
        var found: [Int] = []
        tree.visitNearest(in: plane, radiusMeters: radiusMeters, itemDistanceMeters: { distances[$0] }) {
          item, distance in
          #expect(distance == distances[item])
          found.append(item)
          return true
        }
        #expect(found == wanted, "\(itemCount) items, radius \(radiusMeters), from \(plane.origin)")
      }
    }
  }

  @Test func stopsWhenAsked() {
    let items = (0..<100).map { BoundingBox(of: [Coordinate(latitudeE7: $0, longitudeE7: 0)]) }
    let boxes = PackedRTree.boxes(of: PackedRTree.order(of: items).map { items[$0] })
    boxes.withUnsafeBufferPointer { buffer in
      var count = 0
      PackedRTree(itemCount: 100, boxes: buffer).visitNearest(
        in: LocalPlane(around: Coordinate(latitudeE7: 0, longitudeE7: 0)), radiusMeters: 1e6,
        itemDistanceMeters: { _ in 1 },
        visit: { _, _ in
          count += 1
          return count < 3
        })
      #expect(count == 3)
    }
  }

  @Test func emptyTreeHasNothing() {
    let boxes = PackedRTree.boxes(of: [])
    boxes.withUnsafeBufferPointer { buffer in
      PackedRTree(itemCount: 0, boxes: buffer).visitNearest(
        in: LocalPlane(around: Coordinate(latitudeE7: 0, longitudeE7: 0)), radiusMeters: 1e9,
        itemDistanceMeters: { _ in 0 },
        visit: { item, _ in
          Issue.record("found \(item)")
          return true
        })
    }
  }
}
