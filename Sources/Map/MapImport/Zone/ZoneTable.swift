import Foundation
import Geometry

/// The cities that tzdata names its time zones after, with some at borders, and where they lie.
///
/// `zone1970.tab` has one for each clock that differed since 1970, `zone.tab` one more for each country. Of a country
/// with one clock it is one city, however large the country. Source: tzdata, theory.html.
struct ZoneTable {
  /// A city and its zone, which is named after it or after another one.
  struct City {
    let zone: TimeZone
    let place: Coordinate
    /// As people read it: `Ho Chi Minh`.
    let name: String
  }

  /// In the order of their zones' names, then those at borders.
  let cities: [City]

  static let folder = "/usr/share/zoneinfo"

  /// Reads the tables of a folder; `nil` if it has none. O(lines).
  init?(folder: String = Self.folder) {
    let texts = ["zone1970.tab", "zone.tab"].compactMap { name in
      try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    }
    self.init(texts: texts, borderCities: Self.cities(BorderCities.table))
  }

  /// The same from texts; `nil` if they name no city.
  init?(texts: [String], borderCities: [City] = []) {
    var places: [String: Coordinate] = [:]
    for line in texts.joined(separator: "\n").split(separator: "\n") where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count > 2, let place = Self.place(fields[1]) else { continue }
      places[String(fields[2])] = place
    }
    let named = places.sorted { $0.key < $1.key }.compactMap { zone, place in
      TimeZone(identifier: zone).map { City(zone: $0, place: place, name: Self.name(of: zone)) }
    }
    if named.isEmpty { return nil }
    cities = named + borderCities
  }

  private static func name(of zone: String) -> String {
    (zone.split(separator: "/").last.map(String.init) ?? zone).replacing("_", with: " ")
  }

  /// The cities of a table such as ``BorderCities/table``.
  static func cities(_ table: String) -> [City] {
    table.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ", maxSplits: 3)
      guard fields.count == 4, let zone = TimeZone(identifier: String(fields[0])), let latitude = Double(fields[1]),
        let longitude = Double(fields[2]), let place = Coordinate(latitude: latitude, longitude: longitude)
      else { return nil }
      return City(zone: zone, place: place, name: String(fields[3]))
    }
  }

  /// ISO 6709: `+3733+12658`, or with seconds `-720041+0023206`.
  private static func place(_ text: Substring) -> Coordinate? {
    guard let match = text.wholeMatch(of: /([+-]\d{4}|[+-]\d{6})([+-]\d{5}|[+-]\d{7})/) else { return nil }
    return Coordinate(
      latitude: degrees(match.1, ofDegrees: 2), longitude: degrees(match.2, ofDegrees: 3))
  }

  private static func degrees(_ text: Substring, ofDegrees digits: Int) -> Double {
    let numbers = text.dropFirst()
    func number(_ text: Substring) -> Double { Double(text) ?? 0 }
    let minutes = numbers.dropFirst(digits)
    let amount = number(numbers.prefix(digits)) + number(minutes.prefix(2)) / 60 + number(minutes.dropFirst(2)) / 3_600
    return text.first == "-" ? -amount : amount
  }

  /// The city that is nearest to a place, of those that `isMeant`. O(cities).
  func nearest(to place: Coordinate, where isMeant: (City) -> Bool = { _ in true }) -> (city: City, meters: Double)? {
    cities.lazy.filter(isMeant).map { ($0, $0.place.distanceMeters(to: place)) }.min { $0.1 < $1.1 }
  }
}

extension TimeZone {
  /// True if the clocks of two zones show the same all the year that begins now.
  func showsTheSame(as other: TimeZone, from now: Date) -> Bool {
    (0..<53).allSatisfy { week in
      let moment = now + Double(week) * 7 * 86_400
      return secondsFromGMT(for: moment) == other.secondsFromGMT(for: moment)
    }
  }
}
