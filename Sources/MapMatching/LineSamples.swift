import Geometry

/// A line as a row of points not far from each other.
struct LineSamples {
  struct Sample {
    var coordinate: Coordinate
    /// The direction of the line there; at a corner that of the line that begins there.
    var headingDegrees: Double
    /// From the sample before, along the line.
    var metersFromLast: Double
  }

  private(set) var samples: [Sample] = []
  private(set) var lengthMeters = 0.0

  /// Points that are nearer to each other are one.
  private static let apartMetersMin = 1.0

  /// - Parameter stepMeters: between two samples, at most.
  init(_ line: [Coordinate], stepMeters: Double) {
    var corners: [Coordinate] = []
    for point in line {
      if let last = corners.last, last.distanceMeters(to: point) < Self.apartMetersMin { continue }
      corners.append(point)
    }
    for (start, end) in zip(corners, corners.dropFirst()) { append(from: start, to: end, stepMeters) }
    if let last = corners.last, let heading = samples.last?.headingDegrees {
      samples.append(
        Sample(coordinate: last, headingDegrees: heading, metersFromLast: lengthMeters - sampledMeters))
    }
  }

  private var sampledMeters = 0.0

  private mutating func append(from start: Coordinate, to end: Coordinate, _ stepMeters: Double) {
    let length = start.distanceMeters(to: end)
    let heading = start.bearingDegrees(to: end)
    let count = max(1, Int((length / stepMeters).rounded(.up)))
    for step in 0..<count {
      let share = Double(step) / Double(count)
      let along = lengthMeters + share * length
      samples.append(
        Sample(
          coordinate: start.interpolated(to: end, fraction: share), headingDegrees: heading,
          metersFromLast: along - sampledMeters))
      sampledMeters = along
    }
    lengthMeters += length
  }
}
