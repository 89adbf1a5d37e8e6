import Foundation
import Geometry

/// What the sun does once a day. Source: OSM wiki, Key:opening_hours/specification, variable times.
enum SunEvent: String, Sendable {
  case dawn, sunrise, sunset, dusk

  /// How high the sun's centre then stands, in degrees: at its rise its upper edge is seen through the air; it dawns
  /// for people, who then see without lamps, at 6 degrees below the horizon.
  private var altitudeDegrees: Double { self == .sunrise || self == .sunset ? -0.833 : -6 }

  /// When it happens on a day: where the sun stays up or down, never.
  enum Time {
    /// From the beginning of the day in UTC.
    case minutesUTC(Double)
    case staysUp, staysDown
  }

  /// True for what comes before noon.
  var isOfMorning: Bool { self == .dawn || self == .sunrise }

  /// Good to a minute or two. Source: the sunrise equation, as in Meeus, Astronomical Algorithms, chapters 15 and 25,
  /// to its first terms.
  func time(on day: CivilDay, at place: Coordinate) -> Time {
    func sine(_ degrees: Double) -> Double { sin(degrees * .pi / 180) }
    func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
    // Days since noon of 2000-01-01, when the sun stands over the place on the average.
    let meanNoon = Double(day.number - 10_957) - place.longitude / 360
    let anomaly = 357.5291 + 0.98560028 * meanNoon
    let centre = 1.9148 * sine(anomaly) + 0.02 * sine(2 * anomaly) + 0.0003 * sine(3 * anomaly)
    let eclipticLongitude = anomaly + centre + 180 + 102.9372
    let noon = meanNoon + 0.0053 * sine(anomaly) - 0.0069 * sine(2 * eclipticLongitude)
    let noonMinutes = (noon - Double(day.number - 10_957) + 0.5) * 1_440

    let sineDeclination = sine(eclipticLongitude) * sine(23.4397)
    let cosineDeclination = (1 - sineDeclination * sineDeclination).squareRoot()
    let slope = cosine(place.latitude) * cosineDeclination
    let cosineHourAngle = (sine(altitudeDegrees) - sine(place.latitude) * sineDeclination) / max(slope, 1e-9)
    guard abs(cosineHourAngle) <= 1 else { return cosineHourAngle < 0 ? .staysUp : .staysDown }
    // 360 degrees of hour angle are a day: 4 minutes a degree.
    let halfDayMinutes = acos(cosineHourAngle) * 180 / .pi * 4
    return .minutesUTC(isOfMorning ? noonMinutes - halfDayMinutes : noonMinutes + halfDayMinutes)
  }
}
