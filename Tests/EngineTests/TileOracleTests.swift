import API
import Foundation
import Geometry
import Profiles
import RoadGraph
import TestSupport
import Testing
import VectorTiles

@testable import Engine

/// Tiles of real cities, compared with all roads of the map one by one.
@Suite struct TileOracleTests {
  private static func canRun(_ name: String) -> Bool { RealMaps.path(name) != nil }

  @Test(.enabled(if: canRun("monaco"), "\(RealMaps.hint)"))
  func monaco() throws { try Self.compare("monaco", seed: 1, tiles: 20) }

  @Test(.enabled(if: canRun("seoul-centre"), "\(RealMaps.hint)"))
  func seoulCentre() throws { try Self.compare("seoul-centre", seed: 2, tiles: 6) }

  private static func compare(_ name: String, seed: UInt64, tiles: Int) throws {
    var random = SeededGenerator(seed: seed)
    let path = try #require(RealMaps.path(name))
    let engine = try TestEngine(.file(path)).engine
    let network = engine.map.network
    for _ in 0..<tiles {
      let vertex = network.vertexCoordinate[position: .random(in: 0..<network.vertexCount, using: &random)]
      let address = TileAddress(of: vertex, zoom: .random(in: 14...17, using: &random))
      try compare(engine, address)
    }
    // All that there is, far out, is told or counted.
    for zoom in Limits.tileZooms {
      let address = TileAddress(of: network.vertexCoordinate[position: 0], zoom: zoom)
      let answer = try engine.tile(request(address), within: .none)
      #expect(answer.tile.count <= Limits.tileBytesMax)
      #expect((try TileReader.layers(of: answer.tile)[VectorTile.leftOutLayer] != nil) == (answer.leftOutCount > 0))
    }
  }

  private static func request(_ address: TileAddress) -> TileRequest {
    var request = TileRequest(.roads, zoom: address.zoom, column: address.column, row: address.row)
    request.profile = "ambulance"
    return request
  }

  /// Every road within is there and none else, where it lies, and as fast as the profile says.
  private static func compare(_ engine: TocsinEngine, _ address: TileAddress) throws {
    let answer = try engine.tile(request(address), within: .none)
    #expect(answer.leftOutCount == 0)
    let features = try TileReader.layers(of: answer.tile)["roads"] ?? []
    var found: [UInt64: TileReader.Feature] = [:]
    for feature in features { #expect(found.updateValue(feature, forKey: feature.id ?? 0) == nil) }
    let state = engine.currentState()
    let costs = try #require(state.snapshot[profile: "ambulance"]).roads.costs
    let network = engine.map.network
    for way in network.ways.indices {
      let record = network.ways[way]
      let stretches = network.stretches(of: way)
      let lines = stretches.map { piece in
        let segment = network.segment(of: piece)
        return network.shape(of: segment)[network.pointRange(of: piece, in: segment)].map { Projected($0, in: address) }
      }
      let feature = found.removeValue(forKey: UInt64(record.osmID))
      let inside = lines.reduce(0) { $0 + Projected.length(of: $1, within: 64) }
      // Shorter than this it may fall onto one point.
      if feature == nil { #expect(inside < 2, "way \(record.osmID) is missing in \(address)") }
      guard let feature else { continue }
      let drawn = feature.lines.reduce(0) { $0 + Projected.length(of: $1.map(Projected.init), within: 65) }
      let corners = lines.reduce(0) { $0 + $1.count }
      #expect(
        abs(drawn - inside) <= 1.5 * Double(corners) + 2, "way \(record.osmID) in \(address): \(drawn), \(inside)")
      for point in feature.lines.joined() {
        #expect((-64...4_160).contains(point.x) && (-64...4_160).contains(point.y))
        let away = lines.map { Projected(point).distance(to: $0) }.min() ?? .infinity
        #expect(away <= 1, "way \(record.osmID) in \(address)")
      }
      let attributes = network.attributes[record.attributes]
      #expect(feature["class"]?.text == attributes.roadClass.osmName)
      #expect(feature["name"]?.text ?? "" == network.texts[record.name])
      func kmh(against: Bool) -> Int {
        let isReversed = network.pieces[stretches[0]].isReversed
        let speed = costs.speedKmh(stretches[0], isReversed == against ? .forward : .backward)
        return speed.map { max(Int($0.rounded()), 1) } ?? 0
      }
      #expect(feature["speed_kmh"]?.whole == kmh(against: false))
      #expect((feature["backward_speed_kmh"] ?? feature["speed_kmh"])?.whole == kmh(against: true))
    }
    #expect(found.isEmpty)
  }
}

/// A place in units of a tile, by the formula of OpenStreetMap's wiki.
private struct Projected {
  let x: Double
  let y: Double

  init(_ coordinate: Coordinate, in tile: TileAddress) {
    let side = pow(2, Double(tile.zoom))
    let latitude = coordinate.latitude * .pi / 180
    x = ((coordinate.longitude + 180) / 360 * side - Double(tile.column)) * 4_096
    y = ((1 - asinh(tan(latitude)) / .pi) / 2 * side - Double(tile.row)) * 4_096
  }

  init(_ point: SIMD2<Int>) { (x, y) = (Double(point.x), Double(point.y)) }

  private init(x: Double, y: Double) { (self.x, self.y) = (x, y) }

  private func toward(_ other: Projected, _ share: Double) -> Projected {
    Projected(x: x + (other.x - x) * share, y: y + (other.y - y) * share)
  }

  private func distance(to other: Projected) -> Double { hypot(other.x - x, other.y - y) }

  /// To a line, by looking at many of its points and closing in.
  func distance(to line: [Projected]) -> Double {
    zip(line, line.dropFirst()).map { start, end in
      var (low, high) = (0.0, 1.0)
      for _ in 0..<40 {
        let (one, other) = (low + (high - low) / 3, high - (high - low) / 3)
        if distance(to: start.toward(end, one)) < distance(to: start.toward(end, other)) {
          high = other
        } else {
          low = one
        }
      }
      return distance(to: start.toward(end, (low + high) / 2))
    }.min() ?? .infinity
  }

  /// How much of a line lies in a tile with its margin, by halving what lies across its border.
  static func length(of line: [Projected], within margin: Double) -> Double {
    func isInside(_ point: Projected) -> Bool {
      point.x >= -margin && point.x <= 4_096 + margin && point.y >= -margin && point.y <= 4_096 + margin
    }
    func length(_ start: Projected, _ end: Projected) -> Double {
      // A straight line that begins and ends in a square lies in it.
      if isInside(start), isInside(end) { return start.distance(to: end) }
      let isFar =
        max(start.x, end.x) < -margin || min(start.x, end.x) > 4_096 + margin || max(start.y, end.y) < -margin
        || min(start.y, end.y) > 4_096 + margin
      if isFar || start.distance(to: end) < 0.01 { return 0 }
      let middle = start.toward(end, 0.5)
      return length(start, middle) + length(middle, end)
    }
    return zip(line, line.dropFirst()).reduce(0) { $0 + length($1.0, $1.1) }
  }
}
