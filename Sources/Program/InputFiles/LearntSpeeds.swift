import API
import Foundation
import TimeRules

/// What a feed measured over the weeks, by road and by hour of the week: what is usual is learnt from it.
///
/// Of an hour the median of its readings is kept, of the last ``weeksMax`` weeks.
public struct LearntSpeeds: Sendable {
  private static let slotCount = 168
  /// About two months: what was usual in another season is no guide.
  public static let weeksMax = 9

  private let clock: LocalClock
  private var slots: [RoadSpeed.Road: [[Double]]] = [:]
  /// The hour that goes on by the clock of the place, since 1970, and what was read in it.
  private var hour: (number: Int, slot: Int)?
  private var readings: [RoadSpeed.Road: [Double]] = [:]

  /// - Parameter timeZone: that of the roads.
  public init(_ timeZone: TimeZone) { clock = LocalClock(timeZone) }

  public var roadCount: Int { slots.count }

  /// Goes on from a file that ``text`` made. Throws `TYPICAL_SPEEDS_UNREADABLE`, also for one of quarters of an hour.
  public mutating func add(path: String) throws(InputFileError) {
    var known = self
    try InputFileError.reading(path, .typicalSpeedsUnreadable, unreadable: .typicalSpeedsUnreadable) {
      (bytes) throws(FileFault) in try known.add(file: bytes)
    }
    self = known
  }

  /// The same with its bytes.
  mutating func add(file bytes: [UInt8]) throws(FileFault) {
    var slotCount: Int?
    try TypicalSpeedFile.visitRows(of: bytes) { row in
      slotCount = row.slots.count
      slots[row.road] = row.slots.map { Array($0.suffix(Self.weeksMax)) }
    }
    if let slotCount, slotCount != Self.slotCount {
      // It was not learnt here, and would be written over.
      throw FileFault(message: "what is learnt has \(Self.slotCount) slots, not", value: "\(slotCount)")
    }
  }

  /// Takes what a feed says at a moment.
  ///
  /// - Returns: true if an hour was completed by it.
  public mutating func add(_ speeds: [RoadSpeed], at moment: Date) -> Bool {
    // Clocks of some places are half an hour apart from others.
    let offset = Double(clock.timeZone.secondsFromGMT(for: moment))
    let number = Int(((moment.timeIntervalSince1970 + offset) / 3_600).rounded(.down))
    let isNew = hour.map { $0.number != number } ?? false
    if isNew { completeHour() }
    hour = (number, clock.minuteOfWeek(at: moment) / 60)
    // A road that is closed has no speed.
    for speed in speeds where speed.kmh > 0 { readings[speed.road, default: []].append(speed.kmh) }
    return isNew
  }

  private mutating func completeHour() {
    guard let hour else { return }
    for (road, speeds) in readings {
      guard let median = TypicalSpeedFile.median(speeds) else { continue }
      var known = slots[road] ?? Array(repeating: [], count: Self.slotCount)
      known[hour.slot] = (known[hour.slot] + [median]).suffix(Self.weeksMax)
      slots[road] = known
    }
    readings = [:]
  }

  /// As a file that `tocsin serve --typical-speeds` reads: the speeds of the weeks, whose medians count. O(n log n).
  public var text: String {
    let rows = slots.map { TypicalSpeedFile.line(of: TypicalSpeedFile.Row(road: $0, slots: $1)) }
    return rows.sorted().reduce(into: TypicalSpeedFile.headerLine(slotCount: Self.slotCount)) { $0 += $1 }
  }
}
