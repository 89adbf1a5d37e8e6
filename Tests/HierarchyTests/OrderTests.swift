import MapFile
import RoadGraph
import TestSupport
import Testing

@testable import Hierarchy

/// What queries and parallel customization rely on: small separators, and stages in the right order.
struct OrderTests {
  /// Two towns of 5 x 5 vertices, joined by one road only, wherever the second one lies.
  @Test(arguments: [(0, 40_000), (40_000, 0), (30_000, 30_000), (30_000, -30_000)])
  func theOnlyRoadBetweenTwoTownsComesLast(north: Int, east: Int) {
    var latitudes: [Int32] = []
    var longitudes: [Int32] = []
    var roads: [(Int, Int)] = []
    for (north, east) in [(0, 0), (north, east)] {
      let first = latitudes.count
      for place in 0..<25 {
        let (row, column) = (place / 5, place % 5)
        latitudes.append(Int32(north + 1000 * row + 37 * column))
        longitudes.append(Int32(east + 1000 * column - 53 * row))
        if column > 0 { roads.append((first + place - 1, first + place)) }
        if row > 0 { roads.append((first + place - 5, first + place)) }
      }
    }
    roads.append((24, 25))
    let arcs = (roads + roads.map { ($0.1, $0.0) }).sorted { $0 < $1 }
    let turns = arcs.map { arc in arcs.indices.filter { arcs[$0].0 == arc.1 }.map { ArcID($0) } }
    let graph = TurnExpandedGraph(
      vertexLatitudeE7: latitudes, vertexLongitudeE7: longitudes, arcTail: Table(arcs.map { VertexID($0.0) }),
      arcHead: Table(arcs.map { VertexID($0.1) }), firstTurn: Offsets(counts: turns.map(\.count)),
      turnHead: Table(turns.flatMap { $0 }))

    let hierarchy = ContractionHierarchy.build(graph)
    let last = hierarchy.order.buffer.suffix(2).map { arcs[$0.position] }.sorted { $0 < $1 }
    #expect(last[0] == (24, 25))
    #expect(last[1] == (25, 24))
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func everyStageNeedsOnlyEarlierOnes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var parents = [Rank](repeating: .none, count: 20_000)
    growTree(0..<parents.count, &parents, &generator)
    let stages = CustomizationPlan(parent: Table(parents)).stages
    #expect(stages.count > 2, "seed \(seed): too small to tell")

    var placeOf = [[Int]](repeating: [], count: parents.count)
    for (stage, pieces) in stages.enumerated() {
      for (piece, ranges) in pieces.enumerated() {
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
        for vertex in ranges.joined() {
          #expect(placeOf[vertex].isEmpty, "seed \(seed): vertex \(vertex) twice")
          placeOf[vertex] = [stage, piece]
        }
      }
    }
    for (child, parent) in parents.enumerated() where parent != .none {
      let (below, above) = (placeOf[child], placeOf[parent.position])
      #expect(!below.isEmpty && (below == above || below[0] < above[0]), "seed \(seed): \(child) before \(parent)")
    }
  }

  /// A chain on top of two trees, and so on, in post-order.
  private func growTree(_ range: Range<Int>, _ parents: inout [Rank], _ generator: inout SeededGenerator) {
    let chainStart = max(range.lowerBound, range.upperBound - Int.random(in: 1...5, using: &generator))
    for vertex in chainStart..<range.upperBound - 1 { parents[vertex] = Rank(vertex + 1) }
    guard chainStart > range.lowerBound else { return }
    let split = Int.random(in: range.lowerBound..<chainStart, using: &generator)
    for part in [range.lowerBound..<split, split..<chainStart] where !part.isEmpty {
      growTree(part, &parents, &generator)
      parents[part.upperBound - 1] = Rank(chainStart)
    }
  }
}
