import MapFile
import RoadGraph

/// The likeliest way so far to each candidate of the last point of a line (Viterbi's algorithm).
final class MatchChain {
  /// A candidate, and how it is come to.
  private final class Link {
    let candidate: RoadCandidate
    let cost: Double
    let previous: Link?
    /// The arcs between the course of the previous candidate and this one's.
    let between: [ArcCourse]
    /// True on the same drive along one course as the previous candidate.
    let staysOnCourse: Bool

    init(_ candidate: RoadCandidate, cost: Double, after step: Step? = nil) {
      self.candidate = candidate
      self.cost = cost
      (previous, between) = (step?.from, step?.between ?? [])
      staysOnCourse = step?.staysOnCourse ?? false
    }
  }

  /// From one candidate to one of the next point.
  private struct Step {
    var from: Link
    var between: [ArcCourse] = []
    var staysOnCourse: Bool
    var meters: Double
  }

  private var links: [Link]

  /// A chain that nothing belongs to.
  init() { links = [] }

  init(_ candidates: [RoadCandidate]) { links = candidates.map { Link($0, cost: $0.cost) } }

  /// Goes on to the next point of the line; false, and nothing changes, if no road leads there.
  func extend(
    by candidates: [RoadCandidate], metersFromLast: Double, _ terms: PolylineMatcher.Terms, _ network: RoadNetwork
  ) -> Bool {
    let metersMax = 2 * metersFromLast + 2 * terms.radiusMeters + Self.slackMeters
    let reach = links.map { link in
      network.arcs(along: link.candidate.course).first.map { NearbyRoads(behind: $0, within: metersMax, in: network) }
    }
    let next = candidates.compactMap { candidate -> Link? in
      var best: (cost: Double, step: Step)?
      for (link, roads) in zip(links, reach) {
        guard let step = step(from: link, to: candidate, roads, network) else { continue }
        let cost = link.cost + candidate.cost + abs(step.meters - metersFromLast) / terms.lengthDeviationMeters
        if best.map({ cost < $0.cost }) ?? true { best = (cost, step) }
      }
      return best.map { Link(candidate, cost: $0.cost, after: $0.step) }
    }
    if next.isEmpty { return false }
    links = next
    return true
  }

  private static let slackMeters = 50.0
  /// A point that falls so little behind the one before it on its road has not gone back.
  private static let behindMeters = 5.0

  private func step(
    from link: Link, to candidate: RoadCandidate, _ roads: NearbyRoads?, _ network: RoadNetwork
  ) -> Step? {
    let last = link.candidate
    if last.course == candidate.course, candidate.metersAlong >= last.metersAlong - Self.behindMeters {
      return Step(from: link, staysOnCourse: true, meters: max(0, candidate.metersAlong - last.metersAlong))
    }
    guard let roads, let reached = roads.nearest(candidate.course) else { return nil }
    let rest = network.lengthMeters(of: last.course.segment) - last.metersAlong
    return Step(
      from: link, between: roads.way(to: reached.arc).map { network.arcCourse[$0] }, staysOnCourse: false,
      meters: max(0, rest) + reached.meters + candidate.metersAlong)
  }

  /// What a chain covers.
  struct Run {
    var parts: [RoadMatch.Part]
    var distancesMeters: [Double]
  }

  /// The likeliest way as a whole; `nil` if it covers nothing worth the name.
  func best(in network: RoadNetwork) -> Run? {
    guard var link = links.min(by: { $0.cost < $1.cost }) else { return nil }
    var row = [link]
    while let previous = link.previous {
      row.append(previous)
      link = previous
    }
    row.reverse()
    guard row.count > 1 else { return nil }
    let drives = Self.drives(along: row, network)
    var parts: [RoadMatch.Part] = []
    for (number, drive) in drives.enumerated() {
      parts += Self.parts(of: drive, isEnd: number == 0 || number == drives.count - 1, network)
    }
    return parts.isEmpty ? nil : Run(parts: parts, distancesMeters: row.map(\.candidate.distanceMeters))
  }

  /// A drive along one course, from and to some metres along it.
  private struct Drive {
    var course: ArcCourse
    var from: Double
    var to: Double
  }

  private static func drives(along row: [Link], _ network: RoadNetwork) -> [Drive] {
    let length = { (course: ArcCourse) in network.lengthMeters(of: course.segment) }
    var drives = [Drive(course: row[0].candidate.course, from: row[0].candidate.metersAlong, to: 0)]
    drives[0].to = drives[0].from
    for link in row.dropFirst() {
      let last = drives.count - 1
      if !link.staysOnCourse {
        drives[last].to = max(drives[last].from, length(drives[last].course))
        drives += link.between.map { Drive(course: $0, from: 0, to: length($0)) }
        drives.append(Drive(course: link.candidate.course, from: 0, to: 0))
      }
      drives[drives.count - 1].to = max(drives[drives.count - 1].to, link.candidate.metersAlong)
    }
    return drives
  }

  /// Less of a piece at the end of a line is not followed but touched.
  private static let touchedMeters = 6.0
  private static let touchedShare = 0.5

  private static func parts(of drive: Drive, isEnd: Bool, _ network: RoadNetwork) -> [RoadMatch.Part] {
    let ids = Array(network.pieceIDs(of: drive.course.segment))
    var along = 0.0
    var parts: [RoadMatch.Part] = []
    for piece in drive.course.isBackward ? ids.reversed() : ids {
      let length = Double(network.pieces[piece].lengthCentimeters) / 100
      defer { along += length }
      guard network.way(of: piece) != nil, length > 0 else { continue }
      let (from, to) = (max(drive.from - along, 0), min(drive.to - along, length))
      guard to > from else { continue }
      if isEnd, to - from < touchedMeters, (to - from) / length < touchedShare { continue }
      parts.append(
        RoadMatch.Part(
          piece: piece, isBackward: drive.course.isBackward, covered: from / length...min(to / length, 1),
          lengthMeters: length))
    }
    return parts
  }
}
