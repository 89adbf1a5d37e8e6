import API
import Geometry
import WebPages

/// What is told of each stretch of a line, as OSRM writes it.
extension JSONText {
  /// - Parameter points: positions of the first and the last point of a leg in the route's shape.
  mutating func annotation(
    _ route: Route, _ points: ClosedRange<Int>, _ wanted: Set<RouteStyle.Annotation>, _ basis: SpeedBasis
  ) {
    let lines = min(points.lowerBound, route.stretches.count)..<min(points.upperBound, route.stretches.count)
    let stretches = route.stretches[lines]
    let lengths = lines.map { route.shape[$0].distanceMeters(to: route.shape[$0 + 1]) }
    object { json in
      if wanted.contains(.datasources) {
        json.name("metadata")
        json.object { json in
          json.name("datasource_names")
          json.list(["\(basis)"]) { $0.text($1) }
        }
        json.name("datasources")
        json.list(stretches) { json, _ in json.integer(0) }
      }
      for (annotation, name) in [(RouteStyle.Annotation.weight, "weight" as StaticString), (.duration, "duration")]
      where wanted.contains(annotation) {
        json.name(name)
        json.list(stretches) { $0.number($1.travelSeconds, digits: 1) }
      }
      if wanted.contains(.nodes) {
        json.name("nodes")
        let nodes = stretches.map { $0.nodes ?? OSMNodePair(from: 0, to: 0) }
        json.list((nodes.first.map { [$0.from] } ?? []) + nodes.map(\.to)) { $0.integer(Int($1)) }
      }
      if wanted.contains(.distance) {
        json.name("distance")
        json.list(lengths) { $0.number($1, digits: 6) }
      }
      if wanted.contains(.speed) {
        json.name("speed")
        json.list(zip(stretches, lengths)) { json, stretch in
          json.number(stretch.0.travelSeconds > 0 ? stretch.1 / stretch.0.travelSeconds : 0, digits: 1)
        }
      }
    }
  }
}
