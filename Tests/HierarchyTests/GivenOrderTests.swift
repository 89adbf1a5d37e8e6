import Hierarchy
import MapFile
import RoadGraph
import Testing

/// Hierarchies in an order from elsewhere, and how orders compare.
struct GivenOrderTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func ownOrderGivesTheSameHierarchy(seed: UInt64) {
    let roads = RandomRoads(seed: seed)
    let built = ContractionHierarchy.build(roads.graph)
    let again = ContractionHierarchy.build(roads.graph, order: Array(built.order.buffer))
    again.checkInvariants()
    #expect(again.statistics() == built.statistics())
    #expect(again.searchSpaces() == built.searchSpaces())
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func anyOrderGivesTheSameWeights(seed: UInt64) {
    var roads = RandomRoads(seed: seed)
    let arcs = (0..<roads.graph.arcCount).map { ArcID($0) }
    let hierarchies = [
      ContractionHierarchy.build(roads.graph),
      ContractionHierarchy.build(roads.graph, order: arcs.shuffled(using: &roads.generator)),
    ]
    let weights = roads.turnWeights()
    let searches = hierarchies.map { (query: PathQuery($0), metric: MetricBuilder($0).customize(weights)) }
    for source in arcs {
      for target in arcs {
        let found = searches.map {
          $0.query.weight(from: [Terminal(source)], to: [Terminal(target)], metric: $0.metric)?.weight
        }
        #expect(found[0] == found[1], "seed \(seed), from \(source) to \(target)")
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func searchSpacesAreTheAncestors(seed: UInt64) {
    let hierarchy = ContractionHierarchy.build(RandomRoads(seed: seed).graph)
    var count = 0
    for vertex in hierarchy.order.indices {
      var ancestor = vertex
      while ancestor != .none {
        count += 1
        ancestor = hierarchy.parent[ancestor]
      }
    }
    let mean = Double(count) / Double(max(hierarchy.vertexCount, 1))
    #expect(abs(hierarchy.searchSpaces().meanVertexCount - mean) < 1e-9)
  }
}
