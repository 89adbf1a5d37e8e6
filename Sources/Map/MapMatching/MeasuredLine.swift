import Geometry

/// A line without repeated points, with the length up to each of them.
struct MeasuredLine {
  private let points: [Coordinate]
  /// From the start of the line to each point.
  private let along: [Double]

  var lengthMeters: Double { along[along.count - 1] }

  /// `nil` for a line that goes nowhere. O(points).
  init?(_ line: [Coordinate]) {
    guard let first = line.first else { return nil }
    var (points, along) = ([first], [0.0])
    for point in line.dropFirst() where point != points[points.count - 1] {
      along.append(along[along.count - 1] + points[points.count - 1].distanceMeters(to: point))
      points.append(point)
    }
    guard along[along.count - 1] > 0 else { return nil }
    (self.points, self.along) = (points, along)
  }

  /// The place at a length from the start; the ends of the line for anything beyond them. O(log points).
  func coordinate(alongMeters: Double) -> Coordinate {
    guard alongMeters > 0 else { return points[0] }
    guard alongMeters < lengthMeters else { return points[points.count - 1] }
    let line = lineIndex(alongMeters: alongMeters)
    let length = along[line + 1] - along[line]
    return points[line].interpolated(
      to: points[line + 1], fraction: length > 0 ? (alongMeters - along[line]) / length : 0)
  }

  /// Metres from a place to the nearest of the straight lines that lie, even in part, between two lengths.
  /// O(log points + points between).
  func distanceMeters(from place: Coordinate, between range: ClosedRange<Double>) -> Double {
    let plane = LocalPlane(around: place)
    let lines = lineIndex(alongMeters: range.lowerBound)...lineIndex(alongMeters: range.upperBound)
    return lines.map { plane.nearestPoint(onLineFrom: points[$0], to: points[$0 + 1]).distanceMeters }.min()
      ?? .infinity
  }

  /// The straight line that holds the place at a length from the start.
  private func lineIndex(alongMeters: Double) -> Int {
    along.dropFirst().dropLast().partitioningIndex { $0 > alongMeters } - 1
  }
}

/// A place on a line that is looked up on the map.
struct LineSample {
  let coordinate: Coordinate
  let alongMeters: Double
  /// The length of line that it stands for: halfway to its neighbours.
  let shareMeters: Double
  /// Where the line runs: from behind, ahead, and across the place. Any of them will do for a road, so that neither a
  /// corner nor a narrow bend is held against it.
  let bearingsDegrees: [Double]
}

extension MeasuredLine {
  /// This many samples are made in much less than a millisecond.
  private static let checkInterval = 256
  /// The longest step from one sample to the next.
  private static let stepMeters = 20.0
  /// Points of the line that are nearer to the sample before are no samples.
  private static let stepMinMeters = 5.0
  /// A bearing is that of a chord of this length.
  private static let chordMeters = 12.0

  /// Samples in the order of the line, its ends included. O(points + length).
  func samples<Failure: Error>(check: () throws(Failure) -> Void) throws(Failure) -> [LineSample] {
    let places = samplePlaces()
    return try places.indices.map { index throws(Failure) in
      if index % Self.checkInterval == 0 { try check() }
      let before = index > 0 ? places[index - 1] : places[index]
      let after = index + 1 < places.count ? places[index + 1] : places[index]
      return LineSample(
        coordinate: coordinate(alongMeters: places[index]), alongMeters: places[index],
        shareMeters: (after - before) / 2, bearingsDegrees: bearings(alongMeters: places[index]))
    }
  }

  private func samplePlaces() -> [Double] {
    var places = [0.0]
    for end in along.dropFirst() {
      let start = places[places.count - 1]
      guard end - start >= Self.stepMinMeters || end == lengthMeters else { continue }
      let steps = max((end - start) / Self.stepMeters, 1).rounded(.up)
      for step in 1..<Int(steps) + 1 { places.append(start + (end - start) * Double(step) / steps) }
    }
    return places
  }

  private func bearings(alongMeters: Double) -> [Double] {
    let here = coordinate(alongMeters: alongMeters)
    let behind = coordinate(alongMeters: alongMeters - Self.chordMeters)
    let ahead = coordinate(alongMeters: alongMeters + Self.chordMeters)
    return [(behind, ahead), (behind, here), (here, ahead)].filter { $0 != $1 }.map { $0.bearingDegrees(to: $1) }
  }
}
