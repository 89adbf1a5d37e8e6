import API
import Geometry
import WebPages

/// The answer to a question for a route.
enum RoutePage {
  static func page(_ answer: RouteAnswer, _ style: RouteStyle) -> PageAnswer {
    let places = [answer.from] + answer.via + [answer.to]
    let routes = ([answer.route] + answer.alternatives).map {
      RouteJSON($0, places: places, legEnds: style.legEnds, style, answer.basis)
    }
    return JSONPage.ok(reservingBytes: routes.reduce(0) { $0 + $1.size }) { json in
      json.name("routes")
      json.list(routes) { $1.write(to: &$0) }
      guard let waypoints = style.waypoints else { return }
      json.name("waypoints")
      json.list(places) { $0.waypoint($1, waypoints) }
    }
  }
}

/// A route, as it is written.
struct RouteJSON {
  private let route: Route
  private let legs: [RouteParts.Leg]
  private let start: Coordinate
  private let style: RouteStyle
  private let basis: SpeedBasis

  /// - Parameters:
  ///   - places: where its legs begin and end, on their roads.
  ///   - legEnds: positions among the places: what lies between two of them is told as one leg.
  init(_ route: Route, places: [SnappedPlace], legEnds: [Int], _ style: RouteStyle, _ basis: SpeedBasis) {
    (self.route, self.style, self.basis) = (route, style, basis)
    (start, legs) = (places[0].coordinate, RouteParts(route, places: places, legEnds: legEnds).legs)
  }

  /// About what a point and a step take.
  private static let (bytesPerPoint, bytesPerStep) = (30, 700)

  /// About how many bytes it has.
  var size: Int { route.shape.count * Self.bytesPerPoint + route.steps.count * Self.bytesPerStep }

  /// - Parameter more: further members.
  func write(to json: inout JSONText, _ more: (inout JSONText) -> Void = { _ in }) {
    json.object { json in
      more(&json)
      json.name("legs")
      json.list(legs) { write($1, to: &$0) }
      json.name("weight_name")
      json.text("duration")
      writeOverview(to: &json)
      json.amounts(seconds: route.travelSeconds, meters: route.lengthMeters)
    }
  }

  private func writeOverview(to json: inout JSONText) {
    guard style.overview != .none else { return }
    json.name("geometry")
    let line = style.overview == .full ? route.shape : simplifiedShape
    // A line of nothing has two points all the same.
    json.geometry(
      line.count >= 2 ? line : Array(repeating: line.first ?? start, count: 2), style.geometries)
  }

  /// A line that is shown as a whole on a screen of about this many pixels, without what is smaller than one of them.
  private static let screenPixels = 800.0

  private var simplifiedShape: [Coordinate] {
    let tolerance = BoundingBox(of: route.shape).diagonalMeters / Self.screenPixels
    return Simplification.keptPoints(
      of: route.shape, toleranceMeters: tolerance, keeping: legs.map(\.points.lowerBound)
    ).map { route.shape[$0] }
  }

  private func write(_ leg: RouteParts.Leg, to json: inout JSONText) {
    json.object { json in
      json.name("steps")
      let steps = style.wantsSteps ? leg.steps : []
      json.list(steps) { $0.step($1, of: route, style) }
      if !style.annotations.isEmpty {
        json.name("annotation")
        json.annotation(route, leg.points, style.annotations, basis)
      }
      json.name("summary")
      json.text(leg.summary(steps))
      json.amounts(seconds: leg.seconds, meters: leg.meters)
    }
  }
}
