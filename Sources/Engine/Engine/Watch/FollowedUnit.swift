import API
import Foundation
import Geometry

/// What is known of a unit under way to where its task sends it, and what of its next report is news.
///
/// It knows no roads: it is told the rest of the way and how long that takes.
struct FollowedUnit {
  /// A report of the unit, with the way from there.
  struct Sight {
    var unit: ResponseUnit
    var destination: Place
    /// `nil` if no way leads there.
    var way: (route: Route, arrivalAt: Date)?
    /// True while its crew is still boarding.
    var isBoarding: Bool
    /// True if other roads are open or fast than at the last look.
    var isTrafficNew: Bool
  }

  /// What is told.
  struct News {
    var kind: FollowEvent.Kind
    var arrivalBefore: Date?
    var thresholdSeconds: Double?
  }

  let destination: Place
  let incidentID: String
  private(set) var seen: ResponseUnit
  /// What was told last; `nil` if no way led there.
  private var toldArrival: Date?
  private var thresholdsLeft: [Double]
  /// The way that it was last expected to take.
  private var line: [Coordinate] = []
  private var offLineCount = 0
  private var offLineMeters = 0.0
  /// Where it stands, or was when it last moved on, and since when.
  private var anchor: (place: Coordinate, since: Date)
  private var isStopped = false
  private var isStale = false
  private var isNear = false
  /// The report of a jump that was not believed.
  private var doubted: Date?

  static let etaChangeSeconds = 10.0
  static let etaChangeShare = 0.1
  static let offLineMetersMax = 60.0
  static let offLineDegrees = 60.0
  static let offLineReports = 2
  static let stoppedMeters = 20.0
  static let stoppedSeconds = 60.0
  static let nearMeters = 60.0
  static let jumpKmh = 200.0
  static let jumpMeters = 100.0

  /// Begins to follow; nothing is told yet.
  init(_ unit: ResponseUnit, to destination: Place, thresholds: [Double]) {
    (self.destination, seen) = (destination, unit)
    incidentID = unit.task?.incidentID ?? ""
    thresholdsLeft = thresholds.sorted()
    anchor = (unit.coordinate, unit.reportedAt)
  }

  /// When it was last told to be there.
  var expectedAt: Date? { toldArrival }

  /// True if the unit still goes to where it is followed to.
  func isSameTask(as unit: ResponseUnit) -> Bool {
    unit.followedDestination == destination && (unit.task?.incidentID ?? "") == incidentID
  }

  /// True if a report says that it drove faster than anything drives, and is the first one to say so.
  mutating func doubts(_ unit: ResponseUnit) -> Bool {
    let meters = unit.coordinate.distanceMeters(to: seen.coordinate)
    let seconds = max(unit.reportedAt.timeIntervalSince(seen.reportedAt), 0)
    guard meters > Self.jumpMeters, meters * 3.6 > Self.jumpKmh * seconds, doubted == nil else {
      if unit.reportedAt != doubted { doubted = nil }
      return doubted == unit.reportedAt
    }
    doubted = unit.reportedAt
    return true
  }

  /// The first news.
  mutating func begin(_ sight: Sight, at now: Date) -> [News] {
    take(sight)
    toldArrival = sight.way?.arrivalAt
    adopt(sight.way?.route)
    return [News(kind: .underWay)] + arrivals(sight, at: now)
  }

  /// What of another report, or of other traffic, is news.
  mutating func look(_ sight: Sight, at now: Date) -> [News] {
    let isMoved = sight.unit.reportedAt != seen.reportedAt || sight.unit.coordinate != seen.coordinate
    var news: [News] = []
    if isMoved {
      isStale = false
      news += motion(sight)
      if hasLeftLine(sight.unit) { news.append(News(kind: .offRoute)) }
    }
    take(sight)
    if sight.isTrafficNew || line.isEmpty || news.contains(where: { $0.kind == .offRoute }) { adopt(sight.way?.route) }
    news += etaNews(sight, at: now)
    return news + arrivals(sight, at: now)
  }

  /// What the clock alone makes news.
  mutating func tick(at now: Date, positionAgeSecondsMax: Double) -> [News] {
    guard !isStale, now.timeIntervalSince(seen.reportedAt) > positionAgeSecondsMax else { return [] }
    isStale = true
    return [News(kind: .stale)]
  }

  private mutating func take(_ sight: Sight) { seen = sight.unit }

  private mutating func adopt(_ route: Route?) {
    line = route?.shape ?? []
    (offLineCount, offLineMeters) = (0, 0)
  }

  // MARK: When it is there

  private mutating func etaNews(_ sight: Sight, at now: Date) -> [News] {
    let arrival = sight.way?.arrivalAt
    let before = toldArrival
    if let arrival, let before {
      let change = abs(arrival.timeIntervalSince(before))
      let rest = max(before.timeIntervalSince(now), 0)
      guard change >= Self.etaChangeSeconds || change >= max(Self.etaChangeShare * rest, 1) else { return [] }
    } else if arrival == nil, before == nil {
      return []
    }
    toldArrival = arrival
    return [News(kind: .eta, arrivalBefore: before)]
  }

  /// Of several thresholds that it passes at once the smallest is told.
  private mutating func arrivals(_ sight: Sight, at now: Date) -> [News] {
    var news: [News] = []
    if let arrival = sight.way?.arrivalAt {
      let reached = thresholdsLeft.filter { arrival.timeIntervalSince(now) <= $0 }
      if let smallest = reached.min() {
        thresholdsLeft.removeAll { $0 >= smallest }
        news.append(News(kind: .threshold, thresholdSeconds: smallest))
      }
    }
    if !isNear, sight.unit.coordinate.distanceMeters(to: destination.coordinate) <= Self.nearMeters {
      isNear = true
      news.append(News(kind: .near))
    }
    return news
  }

  // MARK: How it moves

  private mutating func motion(_ sight: Sight) -> [News] {
    let unit = sight.unit
    if unit.coordinate.distanceMeters(to: anchor.place) > Self.stoppedMeters {
      anchor = (unit.coordinate, unit.reportedAt)
      return exchange(&isStopped, with: false) ? [News(kind: .moving)] : []
    }
    if sight.isBoarding { anchor.since = unit.reportedAt }
    let stood = unit.reportedAt.timeIntervalSince(anchor.since)
    guard !isStopped, stood >= Self.stoppedSeconds, !isNear else { return [] }
    isStopped = true
    return [News(kind: .stopped)]
  }

  private mutating func hasLeftLine(_ unit: ResponseUnit) -> Bool {
    guard line.count > 1 else { return false }
    offLineCount = isOffLine(unit) ? offLineCount + 1 : 0
    return offLineCount >= Self.offLineReports
  }

  private mutating func isOffLine(_ unit: ResponseUnit) -> Bool {
    let plane = LocalPlane(around: unit.coordinate)
    let nearest = zip(line, line.dropFirst()).map { start, end in
      (meters: plane.nearestPoint(onLineFrom: start, to: end).distanceMeters, start: start, end: end)
    }.min { $0.meters < $1.meters }
    guard let nearest else { return false }
    let isFarther = nearest.meters > offLineMeters
    offLineMeters = nearest.meters
    let angle = unit.headingDegrees.map { heading in
      nearest.start == nearest.end ? 0 : Heading.angleDegrees(heading, nearest.start.bearingDegrees(to: nearest.end))
    }
    // A vehicle that turns round keeps within metres of its way.
    if nearest.meters <= Self.offLineMetersMax { return !isNear && angle ?? 0 > 180 - Self.offLineDegrees }
    return isFarther || angle ?? 180 > Self.offLineDegrees
  }
}

extension ResponseUnit {
  /// Where it is under way to; `nil` if it goes nowhere, or is there.
  var followedDestination: Place? { status == .onScene || status == .available ? nil : task?.destination }
}
