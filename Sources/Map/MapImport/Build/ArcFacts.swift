import Geometry

/// What turns need to know of each original arc: its headings, its first and last OSM way, and whether it runs against
/// a one-way.
struct ArcFacts {
  /// Heading at the tail, in degrees.
  private(set) var leavingDegrees: [Float] = []
  /// Heading at the head, in degrees.
  private(set) var arrivingDegrees: [Float] = []
  /// Positions of the ways that the arc starts and ends on.
  private(set) var firstWay: [UInt32] = []
  private(set) var lastWay: [UInt32] = []
  private(set) var isContraflow: [Bool] = []

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

  /// Change of heading from one arc to the next in degrees, −180...180, positive to the right.
  func angleDegrees(from arc: OriginalArcID, to next: OriginalArcID) -> Int {
    Heading.turnDegrees(Double(leavingDegrees[next.position] - arrivingDegrees[arc.position]))
  }

  private static func isContraflow(_ chain: [Stretch], isBackward: Bool, _ roads: SourceRoads) -> Bool {
    chain.contains { stretch in
      let attributes = roads.attributes[roads.ways[Int(stretch.way)].attributes.position]
      return attributes[againstWay: stretch.isReversed != isBackward].access.contains(.contraflow)
    }
  }

  /// Headings along a shape from its start, and back along it from its end.
  private static func headings(_ shape: ArraySlice<Coordinate>) -> (fromStart: Float, fromEnd: Float) {
    (Float(Heading.signedLeaving(shape)), Float(Heading.signedLeaving(shape.reversed())))
  }
}
