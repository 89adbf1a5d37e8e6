import Foundation
import HeapModule

/// A moment at which something about traffic begins or ends by itself.
struct TrafficDate: Comparable, Sendable {
  enum Subject: Hashable, Sendable {
    case closure(id: String)
    case put(source: String, number: UInt64)
  }

  let moment: Date
  let subject: Subject

  static func < (left: TrafficDate, right: TrafficDate) -> Bool { left.moment < right.moment }
  static func == (left: TrafficDate, right: TrafficDate) -> Bool { left.moment == right.moment }
}

/// When traffic changes by itself: what the one writer looks at.
///
/// A closure that was lifted or put again leaves its old date behind, which means nothing any more and does no harm.
public struct TrafficTimetable: Sendable {
  private var dates = Heap<TrafficDate>()
  /// How many dates there were when those that mean nothing were last swept out.
  private var countAfterSweep = 0

  public init() {}

  /// The next date. O(1).
  public var next: Date? { dates.min?.moment }

  /// How many dates it holds, with those that mean nothing any more.
  var dateCount: Int { dates.count }

  /// Notes the dates of a state's changes, and sweeps out old ones now and then. O(log n) each, amortised.
  public mutating func note(_ changes: TrafficChanges, of state: TrafficState) {
    for date in changes.dates { dates.insert(date) }
    guard dates.count > 2 * countAfterSweep + Self.sweepCountMin else { return }
    dates = Heap(dates.unordered.filter { isDue(at: $0.moment, $0.subject, in: state) })
    countAfterSweep = dates.count
  }

  private static let sweepCountMin = 1_024

  /// Brings a state up to `moment`; returns the closures and the puts of speeds whose time is over. O(what is due).
  public mutating func advance(_ state: inout TrafficState, to moment: Date) -> ExpiredTraffic {
    var expired = ExpiredTraffic()
    while let next = dates.min, next.moment <= moment {
      dates.removeMin()
      switch next.subject {
      case .closure(let id):
        if state.advance(closure: id, to: moment) != nil { expired.closureIDs.append(id) }
      case .put(let source, let number):
        guard state.layers[source]?.holds(number) == true else { continue }
        expired.puts.append((source, number))
        state.expire(put: number, ofSource: source)
      }
    }
    return expired
  }

  /// True if something may happen then.
  private func isDue(at moment: Date, _ subject: TrafficDate.Subject, in state: TrafficState) -> Bool {
    switch subject {
    case .closure(let id): state[closureID: id]?.nextChange == moment
    case .put(let source, let number): state.layers[source]?.holds(number) == true
    }
  }
}

/// What has come to its end by itself.
public struct ExpiredTraffic: Sendable {
  public internal(set) var closureIDs: [String] = []
  public internal(set) var puts: [(source: String, number: UInt64)] = []
}
