import Foundation
import Geometry
import RoadGraph

/// What turns need to know of each original arc: its headings, its first and last OSM way, and whether it runs against a
/// one-way.
struct ArcFacts {
  /// Heading at the tail, in degrees.
  private(set) var leavingDegrees: [Float] = []
  /// Heading at the head, in degrees.
  private(set) var arrivingDegrees: [Float] = []
  /// Positions of the ways that the arc starts and ends on.
  private(set) var firstWay: [UInt32] = []
  private(set) var lastWay: [UInt32] = []
  private(set) var isContraflow: [Bool] = []

  /// Headings are taken over this much road, so that the first metres of a mouth do not mislead.
  static let headingMeters = 12.0

  init(_ numbering: Numbering, _ segments: SegmentBuilder, _ roads: SourceRoads) {
    let headings = (0..<numbering.segmentChains.count).map { segment in
      Self.headings(segments.points[Int(segments.firstPoint[segment])..<Int(segments.firstPoint[segment + 1])])
    }
    for course in numbering.arcCourse {
      let heading = headings[course.segment.position]
      let (leaving, returning) = course.isBackward ? (heading.fromEnd, heading.fromStart) : heading
      leavingDegrees.append(leaving)
      arrivingDegrees.append(returning + 180)
      let chain = numbering.segmentChains[course.segment.position]
      firstWay.append(course.isBackward ? chain[chain.count - 1].way : chain[0].way)
      lastWay.append(course.isBackward ? chain[0].way : chain[chain.count - 1].way)
      isContraflow.append(Self.isContraflow(chain, isBackward: course.isBackward, roads))
    }
  }

  /// Change of heading from one arc to the next in degrees, −180..<180, positive to the right.
  func angleDegrees(from arc: OriginalArcID, to next: OriginalArcID) -> Int {
    let difference = Double(leavingDegrees[next.position] - arrivingDegrees[arc.position])
    let wrapped = (difference + 180).truncatingRemainder(dividingBy: 360)
    return Int((wrapped < 0 ? wrapped + 360 : wrapped).rounded()) - 180
  }

  private static func isContraflow(_ chain: [Stretch], isBackward: Bool, _ roads: SourceRoads) -> Bool {
    chain.contains { stretch in
      let attributes = roads.attributes[roads.ways[Int(stretch.way)].attributes.position]
      return attributes[againstWay: stretch.isReversed != isBackward].access.contains(.contraflow)
    }
  }

  /// Headings along a shape from its start, and back along it from its end.
  private static func headings(_ shape: ArraySlice<Coordinate>) -> (fromStart: Float, fromEnd: Float) {
    (heading(shape), heading(shape.reversed()))
  }

  /// Heading from the first point to the place ``headingMeters`` further on (or the last point).
  private static func heading(_ shape: some BidirectionalCollection<Coordinate>) -> Float {
    guard let start = shape.first else { return 0 }
    let plane = LocalPlane(around: start)
    var last = (east: 0.0, north: 0.0)
    var walkedMeters = 0.0
    for point in shape.dropFirst() {
      let next = plane.meters(of: point)
      let (east, north) = (next.east - last.east, next.north - last.north)
      let stepMeters = (east * east + north * north).squareRoot()
      if stepMeters > 0, walkedMeters + stepMeters >= headingMeters {
        let fraction = (headingMeters - walkedMeters) / stepMeters
        last = (last.east + fraction * east, last.north + fraction * north)
        break
      }
      walkedMeters += stepMeters
      last = next
    }
    return Float(atan2(last.east, last.north) * 180 / .pi)
  }
}
