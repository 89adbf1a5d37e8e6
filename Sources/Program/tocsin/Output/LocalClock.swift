import AnswerJSON
import Client
import Foundation

/// Moments as people at the roads read them: by the clock of the map, with how long it is until then.
struct LocalClock {
  let timeZone: TimeZone
  var now = Date()

  init(timeZone: TimeZone, now: Date = Date()) { (self.timeZone, self.now) = (timeZone, now) }

  /// - Parameter zoneName: as a map names it; UTC if that is no zone's name.
  init(zoneName: String) { self.init(timeZone: TimeZone(identifier: zoneName) ?? .gmt) }

  /// The clock of a server's map; UTC if the server doesn't tell.
  init(of client: TocsinClient) async { self.init(zoneName: (try? await client.status().timeZone) ?? "") }

  /// `2026-11-30 03:24 (in 2 h)`; without the difference for what is past.
  func text(_ moment: Date) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = timeZone
    formatter.dateFormat = "yyyy-MM-dd HH:mm"
    let text = formatter.string(from: moment)
    return moment > now ? "\(text) (in \(Self.span(moment.timeIntervalSince(now))))" : text
  }

  /// `03:24:10`.
  func time(_ moment: Date) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = timeZone
    formatter.dateFormat = "HH:mm:ss"
    return formatter.string(from: moment)
  }

  /// `40 s`, `15 min`, `2 h`, `2 h 5 min`, `3 d`: the two largest parts, rounded.
  static func span(_ seconds: Double) -> String {
    if seconds < 59.5 { return "\(Figures.whole(seconds)) s" }
    guard let minutes = Int(exactly: (seconds / 60).rounded()) else { return "ever" }
    if minutes < 60 { return "\(minutes) min" }
    if minutes < 48 * 60 { return parts(minutes / 60, "h", minutes % 60, "min") }
    let hours = Int((seconds / 3_600).rounded())
    return parts(hours / 24, "d", hours % 24, "h")
  }

  private static func parts(_ large: Int, _ largeUnit: String, _ small: Int, _ smallUnit: String) -> String {
    small == 0 ? "\(large) \(largeUnit)" : "\(large) \(largeUnit) \(small) \(smallUnit)"
  }
}
