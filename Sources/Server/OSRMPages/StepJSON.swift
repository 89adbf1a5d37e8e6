import API
import Geometry
import WebPages

/// Steps and what a driver passes on them, as OSRM writes them.
extension JSONText {
  mutating func step(_ step: RouteParts.Step, of route: Route, _ style: RouteStyle) {
    let told = step.told
    object { json in
      json.name("intersections")
      json.intersections(of: told)
      json.name("driving_side")
      json.text(style.drivingSide.rawValue)
      json.name("geometry")
      json.geometry(Self.line(of: step, route), style.geometries)
      json.name("maneuver")
      json.maneuver(told.maneuver, beside: step.side)
      json.name("name")
      json.text(told.name)
      if !told.ref.isEmpty {
        json.name("ref")
        json.text(told.ref)
      }
      json.name("mode")
      json.text("driving")
      json.amounts(seconds: told.travelSeconds, meters: told.lengthMeters)
    }
  }

  /// The points of a step; one twice, where nothing is driven.
  private static func line(of step: RouteParts.Step, _ route: Route) -> [Coordinate] {
    guard let points = step.points, points.upperBound < route.shape.count else {
      return Array(repeating: step.told.maneuver.coordinate, count: 2)
    }
    let line = Array(route.shape[points])
    return line.count > 1 ? line : line + line
  }

  private mutating func maneuver(_ maneuver: Maneuver, beside side: StreetSide) {
    object { json in
      json.name("bearing_after")
      json.integer(maneuver.kind == .arrive ? 0 : maneuver.bearingAfter)
      json.name("bearing_before")
      json.integer(maneuver.kind == .depart ? 0 : maneuver.bearingBefore)
      json.name("location")
      json.location(maneuver.coordinate)
      if let exit = maneuver.roundaboutExit {
        json.name("exit")
        json.integer(exit)
      }
      if let word = maneuver.modifier?.rawValue ?? (side == .none ? nil : side.rawValue) {
        json.name("modifier")
        json.text(word)
      }
      json.name("type")
      json.text(maneuver.kind.rawValue)
    }
  }

  /// The junctions of a step. The first one is where its maneuver is: without one there, the road before and behind.
  private mutating func intersections(of step: RouteStep) {
    let isAtJunction = step.junctions.first?.coordinate == step.maneuver.coordinate
    let own = isAtJunction ? nil : Intersection(step.maneuver)
    list([own].compactMap(\.self) + step.junctions.map(Intersection.init)) { $0.intersection($1) }
  }

  private mutating func intersection(_ place: Intersection) {
    object { json in
      if let out = place.out {
        json.name("out")
        json.integer(out)
      }
      if let into = place.into {
        json.name("in")
        json.integer(into)
      }
      json.name("entry")
      json.list(place.entry) { $0.bool($1) }
      json.name("bearings")
      json.list(place.bearings) { $0.integer($1) }
      json.name("location")
      json.location(place.coordinate)
    }
  }
}

/// A place on a route with its roads, in OSRM's words.
private struct Intersection {
  var coordinate: Coordinate
  var bearings: [Int]
  var entry: [Bool]
  /// The positions among the roads of the one that the route comes on, and of the one that it takes.
  var into: Int?
  var out: Int?

  init(_ junction: RouteJunction) {
    (coordinate, bearings, entry) = (junction.coordinate, junction.bearings, junction.mayEnter)
    (into, out) = (junction.arrivesBy, junction.leavesBy)
  }

  /// Where no roads meet: the one that goes on and the one behind.
  init(_ maneuver: Maneuver) {
    coordinate = maneuver.coordinate
    let (ahead, behind) = (maneuver.bearingAfter, (maneuver.bearingBefore + 180) % 360)
    switch maneuver.kind {
    case .depart: (bearings, entry, out) = ([ahead], [true], 0)
    case .arrive: (bearings, entry, into) = ([behind], [true], 0)
    default:
      let isAheadFirst = ahead <= behind
      bearings = isAheadFirst ? [ahead, behind] : [behind, ahead]
      (entry, into, out) = ([isAheadFirst, !isAheadFirst], isAheadFirst ? 1 : 0, isAheadFirst ? 0 : 1)
    }
  }
}
