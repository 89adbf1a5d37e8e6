import API
import Foundation
import TestSupport
import Testing
import VectorTiles

/// Tiles as another program reads them: the Python library mapbox-vector-tile.
@Suite struct OtherReaderTests {
  private static let script =
    TestScript.package.appendingPathComponent("Tests/MapPagesTests/Python/read_tile.py").path
  private static let missing = TestScript.missing(modules: ["mapbox_vector_tile"])

  private struct Feature: Decodable {
    let id: UInt64
    let tags: [String: Tag]
    let points: Int
  }

  private enum Tag: Decodable, Hashable {
    case text(String)
    case number(Double)
    case truth(Bool)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let text = try? value.decode(String.self) {
        self = .text(text)
      } else if let truth = try? value.decode(Bool.self) {
        self = .truth(truth)
      } else {
        self = .number(try value.decode(Double.self))
      }
    }

    init(_ value: TileReader.Value) {
      self =
        switch value {
        case .text(let text): .text(text)
        case .whole(let whole): .number(Double(whole))
        case .number(let number): .number(number)
        case .truth(let truth): .truth(truth)
        }
    }
  }

  @Test(.enabled(if: Self.missing == nil, "\(Self.missing ?? "")"))
  func readsWhatWasWritten() throws {
    let town = try PagedTown()
    let engine = try town.town.testEngine().engine
    try town.town.close("AB", until: town.town.clock.now.addingTimeInterval(60))
    let folder = TemporaryFolder()
    var tiles: [[UInt8]] = []
    for layer in [TileLayer.roads, .closures, .coverage] {
      for zoom in [8, 11, 14, 16, 17] {
        let address = TileAddress(of: town.town.map.coordinate("E"), zoom: zoom)
        var request = TileRequest(layer, zoom: zoom, column: address.column, row: address.row)
        request.profile = "plain"
        let tile = try engine.tile(request, within: .none).tile
        if !tile.isEmpty { tiles.append(tile) }
      }
    }
    #expect(tiles.count >= 10)
    let paths = try tiles.enumerated().map { number, tile in
      let path = folder.path("\(number).mvt")
      try Data(tile).write(to: URL(fileURLWithPath: path))
      return path
    }
    let lines = try TestScript.run(TestScript.python, [Self.script] + paths).split(separator: "\n")
    #expect(lines.count == tiles.count)
    for (line, tile) in zip(lines, tiles) {
      let read = try JSONDecoder().decode([String: [Feature]].self, from: Data(line.utf8))
      let own = try TileReader.layers(of: tile)
      #expect(read.keys.sorted() == own.keys.sorted())
      for (name, features) in own {
        let others = try #require(read[name])
        #expect(others.map(\.id) == features.map { $0.id ?? 0 })
        #expect(others.map(\.tags) == features.map { $0.tags.mapValues(Tag.init) })
        #expect(others.map(\.points) == features.map { $0.lines.reduce(0) { $0 + $1.count } })
      }
    }
  }
}
