import MapFile
import MapImport
import RoadGraph

/// OSM data in, road network out.
struct ImportScenario {
  let world: World
  private static let runs = 3

  /// - Throws: ``BenchFailure`` if the world has no OSM data.
  func run() throws -> [Measurement] {
    guard let source = world.source else { throw BenchFailure("import: \(world.mapName) is imported already") }
    let measured = try Measurement("import", 0..<Self.runs) { _ in
      try Self.checksum(MapImporter(source: source).run().network)
    }
    var expected = Checksum()
    for _ in 0..<Self.runs { Self.checksum(world.network).add(to: &expected) }
    try BenchFailure.check(measured.checksum == expected, "import", "two imports of one source differ")
    return [measured]
  }

  /// Of the tables that routes depend on.
  private static func checksum(_ network: RoadNetwork) -> Checksum {
    var sum = Checksum()
    for head in network.arcHead.buffer { sum.add(head.rawValue) }
    for head in network.turnHead.buffer { sum.add(head.rawValue) }
    for piece in network.pieces.buffer { sum.add(piece.lengthCentimeters) }
    for point in network.points.buffer { sum.add(point.latitudeE7) }
    return sum
  }
}
