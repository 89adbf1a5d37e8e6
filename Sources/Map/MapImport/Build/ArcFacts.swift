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
  /// True for an arc that ordinary cars may not enter, whoever else may.
  private(set) var isClosedToCars: [Bool] = []
  /// True for an arc that is too short to have a heading of its own.
  private var isShort: [Bool] = []

  init(_ numbering: Numbering, _ vertexArcs: VertexArcs, _ segments: SegmentBuilder, _ roads: SourceRoads) {
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
      let access = Self.access(along: chain, isBackward: course.isBackward, roads)
      isContraflow.append(access.contains { $0.contains(.contraflow) })
      let entered = course.isBackward ? access[access.count - 1] : access[0]
      isClosedToCars.append(entered.isDisjoint(with: [.civil, .ownersOnly]))
      isShort.append(Double(segments.lengthCentimeters(course.segment)) < Heading.leastMeters * 100)
    }
    lendHeadings(numbering, vertexArcs)
  }

  /// Change of heading from one arc to the next in degrees, −180...180, positive to the right.
  func angleDegrees(from arc: OriginalArcID, to next: OriginalArcID) -> Int {
    Heading.turnDegrees(Double(leavingDegrees[next.position] - arrivingDegrees[arc.position]))
  }

  private static func access(along chain: [Stretch], isBackward: Bool, _ roads: SourceRoads) -> [AccessFlags] {
    chain.map { stretch in
      let attributes = roads.attributes[roads.ways[Int(stretch.way)].attributes.position]
      return attributes[againstWay: stretch.isReversed != isBackward].access
    }
  }

  /// Headings along a shape from its start, and back along it from its end.
  private static func headings(_ shape: ArraySlice<Coordinate>) -> (fromStart: Float, fromEnd: Float) {
    (Float(Heading.signedLeaving(shape)), Float(Heading.signedLeaving(shape.reversed())))
  }
}

// MARK: Short arcs

extension ArcFacts {
  /// How many short arcs in a row are looked through.
  private static let shortArcsMax = 8

  /// Gives each short arc the headings of the roads at its ends, of those two that go straightest on over it.
  private mutating func lendHeadings(_ numbering: Numbering, _ vertexArcs: VertexArcs) {
    let lent = isShort.indices.filter { isShort[$0] }.map { position in
      let arc = OriginalArcID(position)
      let before = roads(beyond: arc, { vertexArcs.into(numbering.arcTail[$0.position]) }, numbering)
      let behind = roads(beyond: arc, { vertexArcs.out(of: numbering.arcHead[$0.position]) }, numbering)
      return (position, headings(between: before, and: behind, numbering))
    }
    for (position, headings) in lent {
      guard let headings else { continue }
      (arrivingDegrees[position], leavingDegrees[position]) = headings
    }
  }

  /// The arcs with headings of their own that one comes to from a short arc in one direction, over short arcs at most.
  private func roads<Arcs: Sequence<OriginalArcID>>(
    beyond arc: OriginalArcID, _ next: (OriginalArcID) -> Arcs, _ numbering: Numbering
  ) -> [OriginalArcID] {
    var short = [arc]
    var roads: [OriginalArcID] = []
    var index = 0
    while index < short.count, index < Self.shortArcsMax {
      for other in next(short[index]) where !isShort[other.position] { roads.append(other) }
      for other in next(short[index]) where isShort[other.position] {
        let segment = numbering.arcCourse[other.position].segment
        if !short.contains(where: { numbering.arcCourse[$0.position].segment == segment }) { short.append(other) }
      }
      index += 1
    }
    return roads
  }

  /// Where a driver comes from and goes to over a short arc; `nil` if no road with a heading is at hand.
  private func headings(
    between before: [OriginalArcID], and behind: [OriginalArcID], _ numbering: Numbering
  ) -> (arriving: Float, leaving: Float)? {
    var straightest: (before: OriginalArcID, behind: OriginalArcID)?
    for one in before {
      for other in behind
      where numbering.arcCourse[one.position].segment != numbering.arcCourse[other.position].segment {
        let isStraighter = straightest.map {
          abs(angleDegrees(from: one, to: other)) < abs(angleDegrees(from: $0.before, to: $0.behind))
        }
        if isStraighter ?? true { straightest = (one, other) }
      }
    }
    if let straightest {
      return (arrivingDegrees[straightest.before.position], leavingDegrees[straightest.behind.position])
    }
    let only = before.first.map { arrivingDegrees[$0.position] } ?? behind.first.map { leavingDegrees[$0.position] }
    return only.map { ($0, $0) }
  }
}
