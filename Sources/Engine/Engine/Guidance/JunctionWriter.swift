import API
import Geometry
import RoadGraph

/// What a driver sees at the junctions of a route: all roads that meet there, and which of them may be entered.
struct JunctionWriter {
  let network: RoadNetwork

  /// Fewer roads are no junction.
  private static let roadsMin = 3

  /// A road at a junction.
  private struct Arm {
    var segment: SegmentID
    var isAtFirstEnd: Bool
    var bearing: Int
    var mayEnter: Bool
  }

  /// The junction between two arcs of a route; `nil` where only two roads meet. O(roads · points).
  func junction(from arc: ArcID, onto next: ArcID) -> RouteJunction? {
    let vertex = network.arcHead[arc]
    let open = network.turns(from: arc).filter { network.turnAttributes[$0].flags.isDisjoint(with: [.uTurn, .banned]) }
      .map { network.turnHead[$0] }.filter(isCivil)
    var arms: [Arm] = []
    for segment in network.segments(at: vertex) {
      guard let ends = network.ends(of: segment) else { continue }
      for isAtFirstEnd in [true, false] where (isAtFirstEnd ? ends.first : ends.last) == vertex {
        let mayEnter = open.contains {
          network.arcCourse[$0].segment == segment && network.arcCourse[$0].isBackward != isAtFirstEnd
        }
        arms.append(
          Arm(
            segment: segment, isAtFirstEnd: isAtFirstEnd, bearing: bearing(segment, isAtFirstEnd), mayEnter: mayEnter))
      }
    }
    guard arms.count >= Self.roadsMin else { return nil }
    arms.sort { ($0.bearing, $0.segment.position) < ($1.bearing, $1.segment.position) }
    func arm(_ course: ArcCourse, isLeaving: Bool) -> Int? {
      arms.firstIndex { $0.segment == course.segment && $0.isAtFirstEnd == (course.isBackward != isLeaving) }
    }
    guard let arrivesBy = arm(network.arcCourse[arc], isLeaving: false),
      let leavesBy = arm(network.arcCourse[next], isLeaving: true)
    else { return nil }
    arms[leavesBy].mayEnter = true
    return RouteJunction(
      coordinate: network.vertexCoordinate[vertex], bearings: arms.map(\.bearing), mayEnter: arms.map(\.mayEnter),
      arrivesBy: arrivesBy, leavesBy: leavesBy)
  }

  private func bearing(_ segment: SegmentID, _ isAtFirstEnd: Bool) -> Int {
    let shape = network.shape(of: segment)
    let degrees = isAtFirstEnd ? Heading.leaving(shape) : Heading.leaving(shape.reversed())
    return Int(degrees.rounded()) % 360
  }

  /// True if cars may drive into an arc's first stretch.
  private func isCivil(_ arc: ArcID) -> Bool {
    network.pieceIDs(along: arc).first { network.way(of: $0) != nil }
      .map { network.isCivil($0, isBackward: network.arcCourse[arc].isBackward) } ?? false
  }
}
