import Foundation

/// Numbers as people read them.
public enum Figures {
  /// `4:05`, or `1:02:03` from an hour on; `never` for what no clock shows.
  public static func time(seconds: Double) -> String {
    guard let whole = Int(exactly: seconds.rounded()) else { return "never" }
    let (hours, minutes, rest) = (whole / 3_600, whole / 60 % 60, whole % 60)
    return hours > 0 ? String(format: "%d:%02d:%02d", hours, minutes, rest) : String(format: "%d:%02d", minutes, rest)
  }

  /// `820 m`, `3.4 km`.
  public static func length(meters: Double) -> String {
    meters < 999.5 ? "\(whole(meters)) m" : decimals(meters / 1_000, 1) + " km"
  }

  /// The nearest whole number.
  public static func whole(_ value: Double) -> String { decimals(value, 0) }

  /// `4.2 MB`.
  public static func bytes(_ count: Int) -> String {
    let names = ["B", "kB", "MB", "GB", "TB"]
    var (value, step) = (Double(count), 0)
    while value >= 999.5 && step < names.count - 1 {
      value /= 1_000
      step += 1
    }
    return (step == 0 ? "\(count)" : decimals(value, value < 9.95 ? 1 : 0)) + " " + names[step]
  }

  /// `213,684`.
  public static func count(_ number: Int) -> String { number.formatted(.number.locale(Locale(identifier: "en_US"))) }

  /// `1 unit`, `1,200 units`.
  public static func count(_ number: Int, of thing: String) -> String {
    "\(count(number)) \(thing)\(number == 1 ? "" : "s")"
  }

  /// `one, two and 3 more`.
  public static func list(_ words: [String], atMost max: Int) -> String {
    let rest = words.count - max
    return words.prefix(max).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// The number with this many digits behind the point.
  public static func decimals(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

  /// A weight of demand: whole where it is.
  public static func amount(_ weight: Double) -> String { decimals(weight, weight == weight.rounded() ? 0 : 1) }

  /// `2026-05-01T12:00:00Z`.
  public static func moment(_ date: Date) -> String { date.formatted(.iso8601) }
}
