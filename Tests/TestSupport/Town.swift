import API
import Engine
import Fleet
import Foundation
import Geometry
import MapImport
import Profiles
import RoadGraph
import Traffic

/// A story in a small town: a map drawn in text, its roads, its units, what is closed, and who gets where.
///
/// ```swift
/// var town = try Town("""
///   A---B---C
///   |   |   |
///   D---E---F
///   """, metersPerCell: 100, setup: setup)
/// town.road("ABC", kmh: 72)
/// #expect(town.route("A", "C") == "ABC")
/// ```
///
/// `A`-`Z` are junctions, `a`-`z` units (put on the road by their letters), `0`-`9` free places. Lines without a road
/// of their own are roads of 36 km/h, that is 10 m/s. Answers are given as letters; what the engine refuses is
/// answered with the code of its error.
public struct Town {
  public private(set) var map: TownMap
  public let setup: EngineSetup
  private var units: [Character: ResponseUnit] = [:]
  private var box = EngineBox()

  /// The engine once it is needed; a change of the map starts over.
  private final class EngineBox {
    var engine: TestEngine?
  }

  /// - Throws: ``TownDrawing/Failure`` for a drawing that is no map.
  public init(_ text: String, metersPerCell: Double = 100, setup: EngineSetup = .partialCustomization) throws {
    map = TownMap(try TownDrawing(text), metersPerCell: metersPerCell)
    self.setup = setup
    for unit in map.drawing.units {
      units[unit] = ResponseUnit(
        id: String(unit), profile: TestProfiles.plain.name, coordinate: map.coordinate(unit),
        reportedAt: TestClock().now)
    }
  }

  // MARK: The map

  /// A road through junctions, as one OSM way, to be driven at a signed speed in both directions.
  public mutating func road(_ name: String, kmh: Int = 36, tags: [String: String] = [:]) {
    map.addRoad(name, tags: TownMap.tags(kmh: kmh).merging(tags) { _, own in own })
    box = EngineBox()
  }

  /// A road that may be driven in the order of its letters only.
  public mutating func oneway(_ name: String, kmh: Int = 36, tags: [String: String] = [:]) {
    road(name, kmh: kmh, tags: tags.merging(["oneway": "yes"]) { own, _ in own })
  }

  /// A signal, a gate, a bollard at a junction.
  public mutating func feature(_ tags: [String: String], at junction: Character) {
    map.addTags(tags, at: junction)
    box = EngineBox()
  }

  /// A turn restriction: `restriction("ABC", "no_left_turn")` is about coming from A and going on from B to C,
  /// `restriction("ABCD", "no_u_turn")` about going on from C to D when one has come from A over B.
  public mutating func restriction(_ letters: String, _ kind: String, tags: [String: String] = [:]) {
    restriction(letters, tags: tags.merging(["restriction": kind]) { own, _ in own })
  }

  /// A turn restriction whose tags say all.
  public mutating func restriction(_ letters: String, tags: [String: String]) {
    map.addRestriction(letters, tags: tags)
    box = EngineBox()
  }

  /// Changes a drawn unit before it is put on the road.
  public mutating func unit(_ letter: Character, _ change: (inout ResponseUnit) -> Void) {
    guard var unit = units[letter] else { preconditionFailure("no unit '\(letter)' is drawn") }
    change(&unit)
    units[letter] = unit
    box = EngineBox()
  }

  /// The engine, with the drawn units on the road.
  public func testEngine() throws -> TestEngine {
    if let engine = box.engine { return engine }
    let engine = try TestEngine(.text(opl: map.opl()), setup: setup)
    if !units.isEmpty { try engine.change { try $0.putUnits(units.values.sorted { $0.id < $1.id }) } }
    box.engine = engine
    return engine
  }

  public var clock: TestClock { get throws { try testEngine().clock } }

  // MARK: Traffic

  /// Closes a road by its name (`"ABC"`), in the direction of its letters or both, or what lies halfway between two
  /// junctions (`"BC"`). The closure's id is `id`, or the letters.
  @discardableResult
  public func close(
    _ letters: String, direction: WayDirection = .both, id: String? = nil, until: Date? = nil
  ) throws -> ClosuresAnswer {
    let closure = RoadClosure(
      id: id ?? letters, selector: selector(letters, direction), reason: "a test", until: until)
    return try testEngine().change { try $0.putClosures([closure]) }
  }

  /// Lifts a closure by its id.
  public func lift(_ id: String) throws { try testEngine().change { _ = try $0.liftClosures([id]) } }

  /// The selector of a road by its letters; see ``close(_:direction:id:until:)``.
  public func selector(_ letters: String, _ direction: WayDirection = .both) -> RoadSelector {
    let osmWay = TownMap.osmWay(letters)
    if map.road(osmWay: osmWay) != nil { return .way(osmID: osmWay, direction: direction) }
    let ends = Array(letters)
    precondition(ends.count == 2 && direction == .both, "no road is called \(letters)")
    return .point(map.middle(ends[0], ends[1]), radiusMeters: 1)
  }

  // MARK: Questions

  /// The junctions of the fastest route, or the code of the engine's error.
  public func route(_ from: Character, _ to: Character, profile: String = "plain") -> String {
    answer { letters(of: try line(from, to, profile: profile).shape) }
  }

  /// Seconds of travel to a tenth; `nil` if there is no route.
  public func travelSeconds(_ from: Character, _ to: Character, profile: String = "plain") -> Double? {
    (try? line(from, to, profile: profile)).map { Self.tenths($0.travelSeconds) }
  }

  /// The route with everything that can be asked for.
  public func line(_ from: Character, _ to: Character, profile: String = "plain") throws -> Route {
    var request = RouteRequest(
      places: [Place(map.coordinate(from)), Place(map.coordinate(to))], profile: profile)
    request.detail = [.shape, .steps, .ways, .signals]
    return try testEngine().engine.route(request).route
  }

  /// The ids of the fastest units, best first, or the code of the engine's error.
  public func fastest(incident: Character, k: Int) -> String {
    answer { try ranking(incident: incident, k: k).units.map(\.unit.id).joined(separator: " ") }
  }

  /// Who gets to an incident when; `change` refines the question.
  public func ranking(
    incident: Character, k: Int, _ change: (inout FastestUnitsRequest) -> Void = { _ in }
  ) throws -> FastestUnitsAnswer {
    var request = FastestUnitsRequest(incident: Place(map.coordinate(incident)), count: k)
    change(&request)
    return try testEngine().engine.fastestUnits(request)
  }

  /// The junctions that a line passes, in its order.
  public func letters(of shape: [Coordinate]) -> String {
    shape.reduce(into: "") { letters, coordinate in
      if let junction = map.junction(at: coordinate), letters.last != junction { letters.append(junction) }
    }
  }

  public static func tenths(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }

  private func answer(_ body: () throws -> String) -> String {
    do {
      return try body()
    } catch let error as EngineError {
      return error.code.rawValue
    } catch {
      return "\(error)"
    }
  }
}
