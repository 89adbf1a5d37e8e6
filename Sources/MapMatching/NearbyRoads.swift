import HeapModule
import MapFile
import RoadGraph

/// The arcs that can be reached from the end of an arc within some metres: Dijkstra's algorithm by length.
struct NearbyRoads {
  private let network: RoadNetwork
  /// The arc before each reached one; `nil` for those right behind the start.
  private var previous: [ArcID: ArcID?] = [:]
  /// From the end of the start to the beginning of each reached arc.
  private var meters: [ArcID: Double] = [:]

  private struct Entry: Comparable {
    var meters: Double
    var arc: ArcID

    static func < (left: Entry, right: Entry) -> Bool { (left.meters, left.arc) < (right.meters, right.arc) }
  }

  /// Turning round is no way to follow a line.
  private static let uTurnMeters = 200.0

  /// - Complexity: O(a log a) for a reached arcs.
  init(behind start: ArcID, within metersMax: Double, in network: RoadNetwork) {
    self.network = network
    var queue = Heap<Entry>()
    relax(from: start, at: 0, previous: nil, metersMax, &queue)
    while let entry = queue.popMin() {
      guard entry.meters == meters[entry.arc] else { continue }
      let end = entry.meters + network.lengthMeters(of: network.arcCourse[entry.arc].segment)
      relax(from: entry.arc, at: end, previous: entry.arc, metersMax, &queue)
    }
  }

  private mutating func relax(
    from arc: ArcID, at end: Double, previous before: ArcID?, _ metersMax: Double, _ queue: inout Heap<Entry>
  ) {
    for turn in network.turns(from: arc) {
      let isUTurn = network.turnAttributes[turn].flags.contains(.uTurn)
      let (next, reached) = (network.turnHead[turn], end + (isUTurn ? Self.uTurnMeters : 0))
      guard reached <= metersMax, reached < meters[next] ?? .infinity else { continue }
      meters[next] = reached
      previous[next] = .some(before)
      queue.insert(Entry(meters: reached, arc: next))
    }
  }

  /// How far the beginning of a course is, on whichever of its arcs; `nil` if it is not near.
  func nearest(_ course: ArcCourse) -> (arc: ArcID, meters: Double)? {
    network.arcs(along: course).compactMap { arc in meters[arc].map { (arc, $0) } }.min { $0.1 < $1.1 }
  }

  /// The arcs on the way to a reached one, without it.
  func way(to arc: ArcID) -> [ArcID] {
    var way: [ArcID] = []
    var next = previous[arc] ?? nil
    while let arc = next {
      way.append(arc)
      next = previous[arc] ?? nil
    }
    return way.reversed()
  }
}
