import Geometry
import Profiles
import RoadGraph
import Traffic

/// Picks places on roads that cars can reach from everywhere.
struct PlaceSampler {
  private let network: RoadNetwork
  /// Arcs of the main road network, numbered along a Hilbert curve as their tails are: neighbours are near each other.
  private let arcs: [ArcID]

  /// - Throws: `MAP_WITHOUT_ROADS` if cars can drive nowhere.
  init(_ network: RoadNetwork) throws {
    self.network = network
    let roads = ProfileRoads(profile: try ProfileSet.builtIn.profile(named: "car"), network: network)
    arcs = network.arcHead.indices.filter { arc in
      roads.isEntered[arc.position] && roads.isLeft[arc.position]
        && roads.freeFlowWeights[arc.position] < .infinity
    }
    if arcs.isEmpty { throw CommandFailure("MAP_WITHOUT_ROADS", "the map has no roads that cars can use") }
  }

  /// A place anywhere.
  func place(_ random: inout SplitMix64) -> Coordinate {
    middle(of: arcs[Int.random(in: 0..<arcs.count, using: &random)])
  }

  /// Places all over the map, denser where junctions are, in random order.
  func spreadPlaces(count: Int, _ random: inout SplitMix64) -> [Coordinate] {
    placesAlongCurve(count: count, &random).shuffled(using: &random)
  }

  /// The same, neighbours next to each other.
  func placesAlongCurve(count: Int, _ random: inout SplitMix64) -> [Coordinate] {
    (0..<count).map { number in
      let position = (Double(number) + Double.random(in: 0..<1, using: &random)) / Double(count) * Double(arcs.count)
      return middle(of: arcs[min(Int(position), arcs.count - 1)])
    }
  }

  private func middle(of arc: ArcID) -> Coordinate {
    let shape = network.shape(of: network.arcCourse[arc].segment)
    let line = (shape.count - 1) / 2
    return shape[line].interpolated(to: shape[line + 1], fraction: 0.5)
  }
}
