import Foundation
import Geometry

/// What people do to lines before they send them.
enum Lines {
  /// All of a line, moved.
  static func moved(_ line: [Coordinate], bearingRadians: Double, meters: Double) -> [Coordinate] {
    line.map { place in
      let stepE7 = meters / Earth.metersPerDegree * 1e7
      return Coordinate(
        latitudeE7: place.latitudeE7 + Int32((stepE7 * cos(bearingRadians)).rounded()),
        longitudeE7: place.longitudeE7
          + Int32((stepE7 * sin(bearingRadians) / cos(place.latitude * .pi / 180)).rounded()))
    }
  }

  /// Without the points that lie within some metres of the line between others (Douglas, Peucker 1973).
  static func thinned(_ line: [Coordinate], meters: Double) -> [Coordinate] {
    guard line.count > 2 else { return line }
    let offsets = line.indices.map {
      LocalPlane(around: line[$0]).nearestPoint(onLineFrom: line[0], to: line[line.count - 1]).distanceMeters
    }
    guard let farthest = offsets.indices.max(by: { offsets[$0] < offsets[$1] }), offsets[farthest] > meters else {
      return [line[0], line[line.count - 1]]
    }
    return thinned(Array(line[...farthest]), meters: meters).dropLast()
      + thinned(Array(line[farthest...]), meters: meters)
  }
}
