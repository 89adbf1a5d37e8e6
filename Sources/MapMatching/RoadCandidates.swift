import Geometry
import MapFile
import RoadGraph

/// A place on a road in one direction that a point of a line may mean.
struct RoadCandidate {
  var course: ArcCourse
  /// From the start of the course, in the direction of travel.
  var metersAlong: Double
  /// From the point of the line.
  var distanceMeters: Double
  /// How unlikely it is by itself: a distance and a direction that don't fit.
  var cost: Double
}

/// Finds the roads beside points of a line.
struct RoadCandidates {
  let network: RoadNetwork
  let terms: PolylineMatcher.Terms

  /// The likeliest ones first.
  func near(_ sample: LineSamples.Sample) -> [RoadCandidate] {
    let plane = LocalPlane(around: sample.coordinate)
    var segments: Set<SegmentID> = []
    network.spatialIndex.visitSegments(in: plane, radiusMeters: terms.radiusMeters) { segments.insert($0) }
    var found: [RoadCandidate] = []
    for segment in segments.sorted() {
      for isBackward in [false, true] where arc(segment, isBackward) != nil {
        if let candidate = nearest(sample, ArcCourse(segment: segment, isBackward: isBackward), plane) {
          found.append(candidate)
        }
      }
    }
    found.sort { $0.cost < $1.cost }
    return Array(found.prefix(Self.countMax))
  }

  private static let countMax = 8

  private func arc(_ segment: SegmentID, _ isBackward: Bool) -> ArcID? {
    isBackward ? network.segmentArcs[segment].backward : network.segmentArcs[segment].forward
  }

  /// The likeliest place on one course that runs about as the line does.
  private func nearest(_ sample: LineSamples.Sample, _ course: ArcCourse, _ plane: LocalPlane) -> RoadCandidate? {
    let shape = network.shape(of: course.segment)
    var along = 0.0
    var best: RoadCandidate?
    for index in 0..<shape.count - 1 {
      let (start, end) = (shape[index], shape[index + 1])
      let length = start.distanceMeters(to: end)
      defer { along += length }
      let projection = plane.nearestPoint(onLineFrom: start, to: end)
      guard projection.distanceMeters <= terms.radiusMeters else { continue }
      let bearing = course.isBackward ? end.bearingDegrees(to: start) : start.bearingDegrees(to: end)
      let turn = Self.angle(bearing, sample.headingDegrees)
      guard turn <= terms.headingToleranceDegrees else { continue }
      let cost =
        square(projection.distanceMeters / terms.distanceDeviationMeters) / 2
        + square(turn / Self.headingDeviationDegrees) / 2
        + (isAgainstTraffic(course, line: index) ? Self.contraflowCost : 0)
      if let best, best.cost <= cost { continue }
      best = RoadCandidate(
        course: course, metersAlong: along + projection.fraction * length, distanceMeters: projection.distanceMeters,
        cost: cost)
    }
    guard course.isBackward, var turned = best else { return best }
    turned.metersAlong = along - turned.metersAlong
    return turned
  }

  /// A line drawn along a road means its traffic, rather than who may drive against it.
  private static let contraflowCost = 4.0
  private static let headingDeviationDegrees = 30.0

  private func isAgainstTraffic(_ course: ArcCourse, line: Int) -> Bool {
    let piece = network.pieceIDs(of: course.segment).last {
      network.way(of: $0) != nil && Int(network.pieces[$0].firstPoint) <= line
    }
    guard let piece, let way = network.way(of: piece) else { return false }
    let isAgainstWay = course.isBackward != network.pieces[piece].isReversed
    return network.attributes[network.ways[way].attributes][againstWay: isAgainstWay].access.contains(.contraflow)
  }

  private static func angle(_ one: Double, _ other: Double) -> Double {
    let turn = abs((one - other).truncatingRemainder(dividingBy: 360))
    return min(turn, 360 - turn)
  }

  private func square(_ value: Double) -> Double { value * value }
}
