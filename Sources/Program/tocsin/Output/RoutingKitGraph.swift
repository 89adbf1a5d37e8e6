import Geometry
import Hierarchy
import MapFile
import Profiles
import RoadGraph
import Traffic

/// A weighted graph as RoutingKit reads it: one column of 4-byte numbers to a file.
///
/// The arcs of vertex `v` are those from `firstOut[v]` up to `firstOut[v + 1]`. An infinite weight is 2147483647, which
/// is RoutingKit's `inf_weight` and ``Weight/infinity`` as well.
///
/// - SeeAlso: https://github.com/RoutingKit/RoutingKit/blob/master/doc/SupportFunctions.md
struct RoutingKitGraph: Equatable {
  /// n + 1 offsets into `head` and `weight`.
  var firstOut: [UInt32]
  var head: [UInt32]
  /// Milliseconds.
  var weight: [UInt32]
  /// Where each vertex lies, in degrees.
  var latitude: [Float]
  var longitude: [Float]
  /// The vertex of each rank, least important first; `nil` where there is no order.
  var order: [UInt32]?

  /// The turn-expanded graph of a profile without traffic: road arcs as vertices, each in the middle between its ends;
  /// turns as arcs, those of an arc onto itself among them.
  ///
  /// O(arcs + turns).
  init(turnsOf roads: ProfileRoads, order: Table<Rank, ArcID>) {
    let network = roads.network
    let middles = network.arcHead.indices.map { arc in
      network.vertexCoordinate[network.arcTail[arc]]
        .interpolated(to: network.vertexCoordinate[network.arcHead[arc]], fraction: 0.5)
    }
    self.init(
      firstOut: Array(network.firstTurn.table.buffer), head: network.turnHead.buffer.map(\.rawValue),
      weight: CostModel.turnWeights(arcWeights: roads.freeFlowWeights, turnCosts: roads.turnCosts, network: network),
      places: middles, order: order.buffer.map(\.rawValue))
  }

  /// The road graph of a profile without traffic: junctions as vertices, road arcs as arcs, turns for nothing.
  ///
  /// Shadow arcs are left in, so that arcs keep their numbers: none is a shorter way than its original. O(arcs).
  init(roadsOf roads: ProfileRoads) {
    let network = roads.network
    self.init(
      firstOut: Array(network.firstOut.table.buffer), head: network.arcHead.buffer.map(\.rawValue),
      weight: roads.freeFlowWeights, places: Array(network.vertexCoordinate.buffer), order: nil)
  }

  private init(firstOut: [UInt32], head: [UInt32], weight: [UInt32], places: [Coordinate], order: [UInt32]?) {
    (self.firstOut, self.head, self.weight, self.order) = (firstOut, head, weight, order)
    latitude = places.map { Float($0.latitude) }
    longitude = places.map { Float($0.longitude) }
  }

  var vertexCount: Int { latitude.count }
  var arcCount: Int { head.count }

  /// Writes each column to a file of its name in `folder`, which must exist; little-endian.
  ///
  /// - Throws: ``CommandFailure`` with `WRITE_FAILED`; the column that failed is then as it was.
  func write(to folder: String) throws {
    var columns = [("first_out", firstOut), ("head", head), ("weight", weight)]
    columns += [("latitude", latitude), ("longitude", longitude)].map { ($0, $1.map(\.bitPattern)) }
    if let order { columns.append(("order", order)) }
    for (name, values) in columns {
      let bytes = values.map(\.littleEndian)
      try AsideFile(path: folder + "/" + name).write { sink in try bytes.withUnsafeBytes(sink) }
    }
  }
}
