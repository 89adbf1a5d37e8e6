import Foundation
import Hierarchy
import MapFile
import RoadGraph
import Testing

/// A network that others measured: pmed1 of the OR-Library, 100 vertices and 200 roads.
///
/// J. E. Beasley, *OR-Library: Distributing Test Problems by Electronic Mail*, JORS 1990, doi:10.1057/jors.1990.166;
/// free to use. The sums over all pairs and over the nearest of five sites are those of Floyd's algorithm; the latter
/// is also the published optimum of the p-median problem.
struct PublishedNetworkTests {
  private let hierarchy: ContractionHierarchy
  private let metric: Metric
  /// The arcs that leave each vertex, from 0.
  private let leaving: [[Terminal]]

  init() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/pmed1.txt")
    let numbers = try String(contentsOf: path, encoding: .utf8).split(whereSeparator: \.isWhitespace)
      .compactMap { Int($0) }
    let vertexCount = numbers[0]
    // Of a road that comes twice the last one counts.
    var costs: [[Int]: Weight] = [:]
    for road in stride(from: 3, to: numbers.count - 2, by: 3) {
      let (one, other) = (numbers[road] - 1, numbers[road + 1] - 1)
      costs[[one, other]] = Weight(numbers[road + 2])
      costs[[other, one]] = Weight(numbers[road + 2])
    }
    let arcs = costs.keys.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
    let leaving = (0..<vertexCount).map { vertex in arcs.indices.filter { arcs[$0][0] == vertex }.map { ArcID($0) } }
    let turns = arcs.map { leaving[$0[1]] }
    let graph = TurnExpandedGraph(
      vertexLatitudeE7: (0..<Int32(vertexCount)).map { $0 % 10 * 10_000 },
      vertexLongitudeE7: (0..<Int32(vertexCount)).map { $0 / 10 * 10_000 },
      arcTail: Table(arcs.map { VertexID($0[0]) }), arcHead: Table(arcs.map { VertexID($0[1]) }),
      firstTurn: Offsets(counts: turns.map(\.count)), turnHead: Table(turns.flatMap { $0 }))
    hierarchy = ContractionHierarchy.build(graph)
    // A turn has the weight of the arc that it leaves, and costs nothing itself.
    let weights = zip(arcs, turns).flatMap { arc, turns in turns.map { _ in costs[arc] ?? .infinity } }
    metric = MetricBuilder(hierarchy).customize(weights)
    self.leaving = leaving.map { $0.map { Terminal($0) } }
  }

  @Test func allPairsAddUp() throws {
    let matrix = ManyToMany(hierarchy, WorkspacePool(hierarchy))
    let cells = try #require(matrix.weights(from: leaving, to: leaving, metric: metric) { false })
    #expect(cells.count == 10_000)
    #expect(cells.reduce(0) { $0 + Int($1) } == 1_412_252)
    #expect(cells.max() == 299)
  }

  /// The best five sites, and how far all vertices are from the nearest of them.
  @Test func theBestFiveSitesAreAsFarAsPublished() {
    let sites = [7, 13, 65, 91, 99].flatMap { leaving[$0 - 1] }
    let sweep = WeightSweep(hierarchy)
    for direction in [SweepDirection.from, .towards] {
      #expect(sweep.run(direction, sites, metric: metric) { false })
      let nearest = leaving.map { arcs in arcs.map { sweep.weight(at: $0.arc) }.min() ?? .infinity }
      #expect(nearest.reduce(0) { $0 + Int($1) } == 5_819, "\(direction)")
    }
  }
}
