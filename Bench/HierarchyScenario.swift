import Hierarchy
import MapFile
import RoadGraph

/// Order and contraction.
struct HierarchyScenario {
  let world: World
  private static let runs = 3

  func run() throws -> [Measurement] {
    let graph = world.network.turnExpanded
    let measured = Measurement("hierarchy", 0..<Self.runs) { _ in
      Self.checksum(ContractionHierarchy.build(graph))
    }
    var expected = Checksum()
    for _ in 0..<Self.runs { Self.checksum(world.hierarchy).add(to: &expected) }
    try BenchFailure.check(measured.checksum == expected, "hierarchy", "two builds of one graph differ")
    return [measured]
  }

  private static func checksum(_ hierarchy: ContractionHierarchy) -> Checksum {
    var sum = Checksum()
    for arc in hierarchy.order.buffer { sum.add(arc.rawValue) }
    for parent in hierarchy.parent.buffer { sum.add(parent.rawValue) }
    sum.add(hierarchy.arcCount)
    return sum
  }
}
