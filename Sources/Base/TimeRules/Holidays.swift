/// The public and school holidays of a place, as far as somebody has told them. Source: OSM wiki,
/// Key:opening_hours/specification, `PH` and `SH`.
public struct Holidays: Hashable, Sendable {
  /// Whose holidays.
  public enum Kind: UInt32, CaseIterable, Sendable {
    case publicHoliday, schoolHoliday

    /// As opening hours write it.
    public var word: String { self == .publicHoliday ? "PH" : "SH" }
  }

  /// Days that follow each other. 12 bytes in a map file.
  public struct Period: Hashable, Sendable, BitwiseCopyable {
    private var kindValue: UInt32
    /// Days since 1970-01-01.
    private var firstDay: Int32
    private var lastDay: Int32

    /// - Parameters:
    ///   - first: such as `2026-07-20`.
    ///   - last: the last day of them.
    /// - Returns: `nil` if one of them is no date, or the last one comes before the first.
    public init?(_ kind: Kind, first: String, last: String) {
      guard let first = CivilDay(first), let last = CivilDay(last), first.number <= last.number else { return nil }
      (kindValue, firstDay, lastDay) = (kind.rawValue, Int32(first.number), Int32(last.number))
    }

    public var kind: Kind { Kind(rawValue: kindValue) ?? .publicHoliday }

    /// The last day, such as `2026-08-31`.
    public var last: String {
      let day = CivilDay(number: Int(lastDay))
      return "\(day.year)-\(day.month < 10 ? "0" : "")\(day.month)-\(day.day < 10 ? "0" : "")\(day.day)"
    }

    func contains(_ day: CivilDay) -> Bool { firstDay <= day.number && day.number <= lastDay }
  }

  public let periods: [Period]

  public init(_ periods: [Period] = []) { self.periods = periods }

  /// The kinds of which any day is told; of the others, nobody knows.
  public var kinds: Set<Kind> { Set(periods.map(\.kind)) }

  /// O(periods).
  func contains(_ day: CivilDay, _ kind: Kind) -> Bool { periods.contains { $0.kind == kind && $0.contains(day) } }
}
