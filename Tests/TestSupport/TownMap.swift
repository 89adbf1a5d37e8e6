import Foundation
import Geometry

/// A drawn town as OSM objects: where its places lie, what its roads are tagged.
public struct TownMap: Sendable {
  /// The north-west corner. Near the equator a degree is as long in both directions.
  static let corner = Coordinate(latitudeE7: 1_000_000, longitudeE7: 1_000_000_000)

  public let drawing: TownDrawing
  public let metersPerCell: Double
  private var roads: [(name: String, tags: [String: String])] = []
  private var tags: [Character: [String: String]] = [:]
  private var restrictions: [(letters: String, tags: [String: String])] = []

  init(_ drawing: TownDrawing, metersPerCell: Double) {
    self.drawing = drawing
    self.metersPerCell = metersPerCell
  }

  /// Where a letter or digit of the drawing lies.
  public func coordinate(_ place: Character) -> Coordinate {
    guard let cell = drawing.places[place] else { preconditionFailure("'\(place)' is not drawn") }
    let stepE7 = metersPerCell / Earth.metersPerDegree * 1e7
    return Coordinate(
      latitudeE7: Self.corner.latitudeE7 - Int32((Double(cell.row) * stepE7).rounded()),
      longitudeE7: Self.corner.longitudeE7 + Int32((Double(cell.column) * stepE7).rounded()))
  }

  /// The place halfway between two others.
  public func middle(_ one: Character, _ other: Character) -> Coordinate {
    coordinate(one).interpolated(to: coordinate(other), fraction: 0.5)
  }

  /// The junction that lies at a coordinate.
  public func junction(at coordinate: Coordinate) -> Character? {
    drawing.junctions.first { self.coordinate($0).distanceMeters(to: coordinate) < 0.5 }
  }

  mutating func addRoad(_ name: String, tags: [String: String]) {
    for line in Self.lines(of: name) {
      precondition(drawing.lines.contains(line), "no line is drawn from \(line.first) to \(line.second)")
    }
    roads.append((name, tags))
  }

  mutating func addTags(_ added: [String: String], at place: Character) {
    tags[place, default: [:]].merge(added) { _, new in new }
  }

  mutating func addRestriction(_ letters: String, tags: [String: String]) {
    precondition(letters.count >= 3, "a turn has three junctions or more: \(letters)")
    restrictions.append((letters, tags))
  }

  // MARK: OSM

  /// A = 1, B = 2, …
  public static func osmNode(_ junction: Character) -> Int64 { Int64(junction.asciiValue ?? 0) - 64 }

  /// The letters as digits to the base of 27, so that a road's name gives its OSM way id.
  public static func osmWay(_ name: String) -> Int64 { name.reduce(0) { $0 * 27 + osmNode($1) } }

  /// All roads: declared ones, and each drawn line that none of them uses.
  private var allRoads: [(name: String, tags: [String: String])] {
    let used = Set(roads.flatMap { Self.lines(of: $0.name) })
    return roads + drawing.lines.filter { !used.contains($0) }.map { ("\($0.first)\($0.second)", Self.tags(kmh: 36)) }
  }

  static func tags(kmh: Int) -> [String: String] { ["highway": "residential", "maxspeed": "\(kmh)"] }

  private static func lines(of name: String) -> [TownDrawing.Line] {
    zip(name, name.dropFirst()).map { TownDrawing.Line($0, $1) }
  }

  /// The OSM way that a line belongs to.
  func way(of line: TownDrawing.Line) -> Int64 {
    guard let road = allRoads.first(where: { Self.lines(of: $0.name).contains(line) }) else {
      preconditionFailure("no road from \(line.first) to \(line.second)")
    }
    return Self.osmWay(road.name)
  }

  /// The name of the road with an OSM way id.
  public func road(osmWay: Int64) -> String? { allRoads.first { Self.osmWay($0.name) == osmWay }?.name }

  /// The town as OPL text.
  public func opl() -> String {
    var text = OSMText()
    for junction in drawing.junctions {
      text.addNode(Self.osmNode(junction), at: coordinate(junction), tags: tags[junction] ?? [:])
    }
    for road in allRoads {
      let name = ["name": road.name].merging(road.tags) { _, own in own }
      text.addWay(Self.osmWay(road.name), nodes: road.name.map(Self.osmNode), tags: name)
    }
    for (index, restriction) in restrictions.enumerated() {
      let ways = Self.lines(of: restriction.letters).map(way)
      let (id, from, to) = (Int64(index) + 1, ways[0], ways[ways.count - 1])
      if ways.count == 2 {
        let via = Self.osmNode(Array(restriction.letters)[1])
        text.addRestriction(id, from: from, via: via, to: to, tags: restriction.tags)
      } else {
        text.addRestriction(id, from: from, viaWays: Array(ways[1..<ways.count - 1]), to: to, tags: restriction.tags)
      }
    }
    return text.opl
  }
}
