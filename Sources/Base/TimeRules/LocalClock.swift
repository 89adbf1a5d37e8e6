import Foundation
import Geometry

/// By which rules of time are read: the clock on the wall, the sun and the holidays of a place.
public struct LocalClock: Hashable, Sendable {
  public let timeZone: TimeZone
  /// Where the sun is looked at.
  public let place: Coordinate
  public let holidays: Holidays

  public init(
    _ timeZone: TimeZone, at place: Coordinate = Coordinate(latitudeE7: 0, longitudeE7: 0),
    holidays: Holidays = Holidays()
  ) {
    (self.timeZone, self.place, self.holidays) = (timeZone, place, holidays)
  }

  /// The day and the minute of it that a clock shows.
  func reading(at moment: Date) -> (day: CivilDay, minute: Int) {
    let seconds = Int(moment.timeIntervalSince1970.rounded(.down)) + timeZone.secondsFromGMT(for: moment)
    let second = ((seconds % Self.secondsOfDay) + Self.secondsOfDay) % Self.secondsOfDay
    return (CivilDay(number: (seconds - second) / Self.secondsOfDay), second / 60)
  }

  /// How many minutes of the week have passed, from Monday at midnight. O(1).
  public func minuteOfWeek(at moment: Date) -> Int {
    let (day, minute) = reading(at: moment)
    return (day.weekday + 6) % 7 * TimeSpan.minutesOfDay + minute
  }

  public static let minutesOfWeek = 7 * TimeSpan.minutesOfDay

  /// The moments at which a clock shows this, in their order: two where it is put back, and where it is put forward
  /// over it, moments around.
  func moments(of day: CivilDay, minute: Int) -> [Date] {
    let shown = Double(day.number * Self.secondsOfDay + minute * 60)
    let offsets = [-1, 1].map { side in
      timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: shown + Double(side * Self.secondsOfDay)))
    }
    return Set(offsets).map { Date(timeIntervalSince1970: shown - Double($0)) }.sorted()
  }

  /// Minutes of a day at which the sun does something there. Where it stays up, it is light from midnight to midnight;
  /// where it stays down, dark. O(1).
  func minute(of event: SunEvent, on day: CivilDay) -> Int {
    let minutesUTC: Double
    switch event.time(on: day, at: place) {
    case .minutesUTC(let minutes): minutesUTC = minutes
    case .staysUp: return event.isOfMorning ? 0 : TimeSpan.minutesOfDay
    case .staysDown: return event.isOfMorning ? TimeSpan.minutesOfDay : 0
    }
    let noon = Date(timeIntervalSince1970: Double(day.number * Self.secondsOfDay + Self.secondsOfDay / 2))
    let offsetMinutes = Double(timeZone.secondsFromGMT(for: noon)) / 60
    return Int((minutesUTC + offsetMinutes).rounded())
  }

  private static let secondsOfDay = 86_400
}
