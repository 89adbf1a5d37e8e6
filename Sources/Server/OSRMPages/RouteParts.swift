import API
import Geometry

/// A route by its legs, as OSRM cuts it: each with its steps from departure to arrival and its part of the line.
struct RouteParts {
  /// The way between two places at which a leg ends.
  struct Leg {
    var seconds = 0.0
    var meters = 0.0
    /// Positions of its first and its last point in the route's shape.
    var points = 0...0
    var steps: [Step] = []
  }

  /// A step with its part of the line.
  struct Step {
    var told: RouteStep
    /// Positions of its first and its last point in the route's shape; `nil` where nothing is driven.
    var points: ClosedRange<Int>?
    /// Where the place lies that is left or reached; none on the way.
    var side = StreetSide.none
  }

  let legs: [Leg]

  /// - Parameters:
  ///   - places: those of the question, on their roads.
  ///   - legEnds: positions among the places; at the others the vehicle stops without a leg's end.
  init(_ route: Route, places: [SnappedPlace], legEnds: [Int]) {
    let single = route.legs.indices.map { Self.leg($0, of: route, places) }
    legs = zip(legEnds, legEnds.dropFirst()).map { first, end in
      single[min(first + 1, single.count)..<min(end, single.count)].reduce(first < single.count ? single[first] : Leg())
      {
        Self.joined($0, $1)
      }
    }
  }

  private static func leg(_ number: Int, of route: Route, _ places: [SnappedPlace]) -> Leg {
    let leg = route.legs[number]
    let next = number + 1 < route.legs.count ? route.legs[number + 1] : nil
    let lastPoint = max(next?.firstPoint ?? route.shape.count - 1, leg.firstPoint)
    var found = Leg(
      seconds: leg.travelSeconds, meters: leg.lengthMeters, points: leg.firstPoint...lastPoint)
    let range = leg.firstStep..<max(next?.firstStep ?? route.steps.count, leg.firstStep)
    found.steps = range.map { index in
      let step = route.steps[index]
      let end = index + 1 < range.upperBound ? route.steps[index + 1].firstPoint : lastPoint
      return Step(told: step, points: step.firstPoint...max(end, step.firstPoint))
    }
    let ends = (places[min(number, places.count - 1)], places[min(number + 1, places.count - 1)])
    if found.steps.isEmpty { found.steps = standing(at: ends.0) }
    found.steps[0].side = ends.0.side
    found.steps[found.steps.count - 1].side = ends.1.side
    return found
  }

  /// Who is there already departs and arrives.
  private static func standing(at place: SnappedPlace) -> [Step] {
    let bearing = Int(place.headingDegrees.rounded()) % 360
    return [Maneuver.Kind.depart, .arrive].map { kind in
      Step(
        told: RouteStep(
          name: place.name, ref: "", wayOSMID: place.wayOSMID,
          maneuver: Maneuver(kind, bearingBefore: bearing, bearingAfter: bearing, coordinate: place.coordinate),
          lengthMeters: 0, travelSeconds: 0))
    }
  }

  /// Two legs as one: the driver is told nothing where they meet.
  private static func joined(_ one: Leg, _ next: Leg) -> Leg {
    var whole = one
    whole.seconds += next.seconds
    whole.meters += next.meters
    whole.points = one.points.lowerBound...max(one.points.upperBound, next.points.upperBound)
    whole.steps.removeLast()
    if let last = whole.steps.indices.last, let departure = next.steps.first {
      whole.steps[last].told.lengthMeters += departure.told.lengthMeters
      whole.steps[last].told.travelSeconds += departure.told.travelSeconds
      whole.steps[last].told.junctions += departure.told.junctions
      if let points = whole.steps[last].points, let further = departure.points {
        whole.steps[last].points = points.lowerBound...max(points.upperBound, further.upperBound)
      }
      whole.steps += next.steps.dropFirst()
    }
    return whole
  }
}

extension RouteParts.Leg {
  /// The names of the two streets that are driven farthest, in the order of the way; empty without steps.
  func summary(_ steps: [RouteParts.Step]) -> String {
    var meters: [String: Double] = [:]
    var names: [String] = []
    for step in steps where !step.told.name.isEmpty {
      if meters[step.told.name] == nil { names.append(step.told.name) }
      meters[step.told.name, default: 0] += step.told.lengthMeters
    }
    let longest = names.sorted { meters[$0, default: 0] > meters[$1, default: 0] }.prefix(2)
    return names.filter(longest.contains).joined(separator: ", ")
  }
}
