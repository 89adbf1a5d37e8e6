import API
import Geometry

/// What units stay out of: an area, and a margin around it.
struct Hazard {
  private let center: Coordinate
  private let hazard: StagingRequest.Hazard
  private let marginMeters: Double
  private let polygons: [Polygon]

  /// The closure that it is for a question.
  static let closureID = "hazard"
  /// The corners by which a margin around a corner is drawn.
  private static let cornersAround = 16

  init(_ request: StagingRequest) {
    (center, hazard, marginMeters) = (request.scene.coordinate, request.hazard, request.marginMeters)
    switch request.hazard {
    case .radius: polygons = []
    case .areas(let areas): polygons = areas.compactMap { Polygon($0.corners, holes: $0.holes) }
    }
  }

  /// O(corners).
  func contains(_ place: Coordinate) -> Bool {
    switch hazard {
    case .radius(let meters): return center.distanceMeters(to: place) <= meters + marginMeters
    case .areas(let areas):
      if polygons.contains(where: { $0.contains(place) }) { return true }
      let plane = LocalPlane(around: place)
      return marginMeters > 0
        && areas.contains { area in
          Self.sides(of: area).contains {
            plane.nearestPoint(onLineFrom: $0.start, to: $0.end).distanceMeters <= marginMeters
          }
        }
    }
  }

  /// The roads in it, for nobody to drive through.
  var closure: RoadClosure {
    switch hazard {
    case .radius(let meters):
      RoadClosure(
        id: Self.closureID, selector: .point(center, radiusMeters: meters + marginMeters), reason: "hazard")
    case .areas(let areas):
      RoadClosure(
        id: Self.closureID, selector: .areas(areas + (marginMeters > 0 ? areas.flatMap(margin) : [])),
        reason: "hazard")
    }
  }

  /// Around each side of an area what is within the margin of it: a strip, and a disc at its start.
  private func margin(of area: Area) -> [Area] {
    Self.sides(of: area).flatMap { side -> [Area] in
      let disc = Area(
        (0..<Self.cornersAround).map { number in
          side.start.moved(
            marginMeters, headingDegrees: 360 * Double(number) / Double(Self.cornersAround))
        })
      guard side.start != side.end else { return [disc] }
      let heading = side.start.bearingDegrees(to: side.end)
      let strip = Area([
        side.start.moved(marginMeters, headingDegrees: heading - 90),
        side.start.moved(marginMeters, headingDegrees: heading + 90),
        side.end.moved(marginMeters, headingDegrees: heading + 90),
        side.end.moved(marginMeters, headingDegrees: heading - 90),
      ])
      return [disc, strip]
    }
  }

  private static func sides(of area: Area) -> [(start: Coordinate, end: Coordinate)] {
    zip(area.corners, area.corners.dropFirst() + area.corners.prefix(1)).map { ($0, $1) }
  }
}

extension StagingRequest {
  /// Where a place lies in the wind; `nil` without one.
  func wind(at place: Coordinate) -> WindSide? {
    guard let windFromDegrees, place != scene.coordinate else { return nil }
    let degrees = Heading.angleDegrees(scene.coordinate.bearingDegrees(to: place), windFromDegrees)
    return degrees <= WindSide.degrees ? .upwind : degrees >= 180 - WindSide.degrees ? .downwind : .crosswind
  }
}

extension WindSide {
  /// To both sides of the wind.
  fileprivate static let degrees = 60.0
}
