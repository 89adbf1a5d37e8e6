import API
import Engine
import TestSupport
import VectorTiles

/// Tiles of the map at every zoom: drawn for the first time, and kept.
struct TileScenario {
  let world: World
  private static let calls = 200
  private static let closures = 5_000

  func run() throws -> [Measurement] {
    var random = world.random("tiles")
    let engine = try world.engine()
    let closures = (0..<Self.closures).map { number in
      let way = world.network.ways[position: .random(in: 0..<world.network.ways.count, using: &random)]
      return RoadClosure(id: "\(number)", selector: .way(osmID: way.osmID, direction: .both))
    }
    _ = try engine.putClosures(ClosuresRequest(closures), by: .local, within: .none)
    var measured: [Measurement] = []
    for layer in [TileLayer.roads, .closures] {
      for zoom in Limits.tileZooms {
        let requests = (0..<Self.calls).map { _ in request(layer, zoom, &random) }
        // What many tiles share is made once.
        _ = try engine.tile(requests[0], within: .none)
        let new = Array(Set(requests.dropFirst()))
        let name = "tile, \(layer.rawValue), zoom \(zoom)"
        let cold = try Measurement("\(name), cold", new) { try engine.tile($0, within: .none) }
        let kept = try Measurement("\(name), kept", new) { try engine.tile($0, within: .none) }
        try BenchFailure.check(cold.checksum == kept.checksum, "tiles", "a kept tile is another one: \(name)")
        measured += [cold, kept]
      }
    }
    return measured
  }

  private func request(_ layer: TileLayer, _ zoom: Int, _ random: inout SeededGenerator) -> TileRequest {
    let address = TileAddress(of: world.randomPlace(&random), zoom: zoom)
    var request = TileRequest(layer, zoom: zoom, column: address.column, row: address.row)
    request.profile = world.roads.profile.name
    return request
  }
}

extension TileAnswer: Summable {
  func add(to sum: inout Checksum) {
    sum.add(tag)
    sum.add(tile.count)
  }
}
