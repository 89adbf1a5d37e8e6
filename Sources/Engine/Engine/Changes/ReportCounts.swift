import API
import Foundation
import Synchronization

/// What became of all reports of units since the server began.
public struct ReportCounts: Hashable, Sendable {
  /// What became of those about one half of a unit.
  public struct Half: Hashable, Sendable {
    public var taken = 0
    /// Something later was known already.
    public var older = 0
  }

  public var positions = Half()
  public var statuses = Half()
  /// Units that nobody has put, once for each call that has positions of them.
  public var unknownPositions = 0
  /// Positions with an invalid value, in calls whose other positions were taken.
  public var refusedPositions = 0

  public init() {}

  /// How many changed nothing because they came late.
  var olderCount: Int { positions.older + statuses.older }

  mutating func add(_ other: ReportCounts) {
    positions.add(other.positions)
    statuses.add(other.statuses)
    unknownPositions += other.unknownPositions
    refusedPositions += other.refusedPositions
  }
}

extension ReportCounts.Half {
  init(_ count: Int, older: Int) { (taken, self.older) = (count - older, older) }

  fileprivate mutating func add(_ other: Self) { (taken, older) = (taken + other.taken, older + other.older) }
}

extension ReportCounts {
  init(_ answer: UnitsAnswer) {
    positions = Half(answer.count, older: answer.olderPositionCount)
    statuses = Half(answer.count, older: answer.olderStatusCount)
  }

  init(_ answer: PositionsAnswer) {
    positions = Half(taken: answer.count, older: answer.olderCount)
    (unknownPositions, refusedPositions) = (answer.unknown.count, answer.refusedCount)
  }

  init(_ answer: StatusReportAnswer) { statuses = Half(1, older: answer.isOlder ? 1 : 0) }
}

/// Late reports that somebody should hear of.
public struct LateReports: Sendable {
  /// Since the last time that late ones were told.
  public let positionCount: Int
  public let statusCount: Int
  /// Who sent the last one.
  public let origin: ChangeOrigin
}

/// Counts reports of units, and tells of late ones: at once, and then no more than once a minute.
public final class ReportTally: Sendable {
  private struct State {
    var all = ReportCounts()
    /// Late ones that were not told of yet.
    var untold = ReportCounts()
    var toldAt: ContinuousClock.Instant?
  }

  private static let quietSeconds = 60.0

  private let state = Mutex(State())
  private let tell: @Sendable (LateReports) -> Void

  public init(tell: @escaping @Sendable (LateReports) -> Void = { _ in }) { self.tell = tell }

  public var counts: ReportCounts { state.withLock { $0.all } }

  func add(_ counts: ReportCounts, by origin: ChangeOrigin, at moment: ContinuousClock.Instant = .now) {
    let late = state.withLock { state -> ReportCounts? in
      state.all.add(counts)
      guard counts.olderCount > 0 else { return nil }
      state.untold.add(counts)
      if let toldAt = state.toldAt, moment - toldAt < .seconds(Self.quietSeconds) { return nil }
      defer { (state.untold, state.toldAt) = (ReportCounts(), moment) }
      return state.untold
    }
    guard let late else { return }
    tell(LateReports(positionCount: late.positions.older, statusCount: late.statuses.older, origin: origin))
  }
}
