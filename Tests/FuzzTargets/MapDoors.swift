import API
import Engine
import Fleet
import Foundation
import Geometry
import MapFile
import TestSupport
import Traffic

extension FuzzDoor {
  /// Map files.
  static let maps: [FuzzDoor] = [
    // Any bytes: what stands before the checksums.
    FuzzDoor(
      "map-bytes", bytesMax: 1 << 15, dictionary: ["TOCSIN\r\n"], samples: { [try tinyFile()] },
      run: { bytes in
        try serve(bytes)
        try open(bytes)
      }),
    // Changes of a good file, its checksums made right again: what stands behind them.
    FuzzDoor(
      "map", bytesMax: 256,
      samples: { (0..<8).map { start in (0..<11).map { UInt8(truncatingIfNeeded: start * 31 + $0 * 7) } } + [[]] },
      run: { bytes in
        var file = CraftedMapFile(try SmallCity.file)
        for start in stride(from: 0, to: bytes.count, by: CraftedMapFile.editBytes) {
          file.edit(Array(bytes[start...].prefix(CraftedMapFile.editBytes)))
        }
        try serve([UInt8](file.sealed))
      }),
  ]

  /// A file with two small sections.
  private static func tinyFile() throws -> [UInt8] {
    let folder = TemporaryFolder()
    var writer = MapFileWriter()
    writer.add("a", Table<TinyIndex, UInt32>([1, 2, 3]))
    writer.add("b", Table<TinyIndex, UInt8>([1]))
    try writer.write(to: folder.path("tiny.tocsin"))
    return [UInt8](try folder.contents("tiny.tocsin"))
  }

  private struct TinyIndex: TableIndex {
    let rawValue: UInt32
    init(_ rawValue: UInt32) { self.rawValue = rawValue }
  }

  /// Reads all bytes of all sections.
  private static func open(_ bytes: [UInt8]) throws {
    let folder = TemporaryFolder()
    try Data(bytes).write(to: folder.url("m.tocsin"))
    guard let file = try? MappedMapFile(path: folder.path("m.tocsin")) else { return }
    for section in file.sections where section.elementBytes == 1 {
      let table: Table<TinyIndex, UInt8> = try file.table(section.name)
      try promise(table.buffer.reduce(0) { $0 &+ UInt64($1) } < .max, "a section can be read")
    }
  }

  /// A map that opens is served, whatever is asked.
  private static func serve(_ bytes: [UInt8]) throws {
    let folder = TemporaryFolder()
    try Data(bytes).write(to: folder.url("m.tocsin"))
    guard let map = try? CityMap(path: folder.path("m.tocsin")) else { return }
    let engine = try TocsinEngine(map: map, profiles: SmallCity.profiles)
    let places = SmallCity.town.junctions
    let units = places.enumerated().map { index, place in
      ResponseUnit(id: "\(index)", profile: "siren", coordinate: place, reportedAt: .now)
    }
    _ = try? engine.putUnits(units)
    for place in places.prefix(3) {
      ask(engine, place, places[5])
      _ = try? engine.locate(LocateRequest(Place(place)))
      for text in ["a", "a x b"] { _ = try? engine.locate(LocateRequest(text: text)) }
      _ = try? engine.putClosures([RoadClosure(id: "x", selector: .point(place, radiusMeters: 30))])
      _ = try? engine.putClosures([RoadClosure(id: "y", selector: .polyline([place, places[7]], direction: .both))])
      ask(engine, place, places[6])
    }
    _ = engine.listUnits()
    _ = engine.listClosures()
    _ = engine.status()
  }

  private static func ask(_ engine: TocsinEngine, _ place: Coordinate, _ goal: Coordinate) {
    var ranking = FastestUnitsRequest(incident: Place(place), count: 3)
    ranking.detail = [.shape, .steps, .ways, .signals]
    _ = try? engine.fastestUnits(ranking)
    for profile in SmallCity.profiles.names {
      var route = RouteRequest(places: [Place(place), Place(goal)], profile: profile)
      (route.detail, route.alternatives) = ([.shape, .steps, .ways], 1)
      _ = try? engine.route(route)
    }
  }
}
