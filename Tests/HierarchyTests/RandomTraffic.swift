import Hierarchy
import RoadGraph
import TestSupport

/// Turn weights of some profiles on random roads, which change now and then.
struct RandomTraffic {
  let hierarchy: ContractionHierarchy
  private(set) var weights: [[Weight]]
  private var roads: RandomRoads
  private let reference: MetricBuilder

  init(seed: UInt64, vertexCount: Int, profileCount: Int) {
    roads = RandomRoads(seed: seed, vertexCount: vertexCount)
    hierarchy = ContractionHierarchy.build(roads.graph)
    weights = (0..<profileCount).map { _ in [] }
    for profile in weights.indices { weights[profile] = roads.turnWeights() }
    reference = MetricBuilder(hierarchy)
  }

  var generator: SeededGenerator {
    get { roads.generator }
    set { roads.generator = newValue }
  }

  /// Each profile on its own, in full and on one core.
  func fullMetrics() -> [Metric] { weights.map { reference.customizeOnOneCore($0) } }

  /// Changes up to `turnsMax` turns' weights, up or down, of all profiles, of some, or of one to the same infinity.
  mutating func change(_ turnsMax: Int) -> [TurnID] {
    (0..<Int.random(in: 1...turnsMax, using: &generator)).map { _ in
      let turn = Int.random(in: 0..<hierarchy.turnCount, using: &generator)
      let isClosure = Int.random(in: 0..<4, using: &generator) == 0
      for profile in weights.indices where Int.random(in: 0..<4, using: &generator) > 0 {
        weights[profile][turn] = isClosure ? .infinity : roads.weight()
      }
      return TurnID(turn)
    }
  }
}
