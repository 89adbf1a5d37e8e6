import Foundation
import Geometry
import Testing

@testable import MapImport

/// The time zone that a map is given by where it lies.
@Suite struct ZoneTests {
  private static let table = """
    # a comment
    KR\t+3733+12658\tAsia/Seoul
    FR,MC\t+4852+00220\tEurope/Paris
    GB,GG,IM,JE\t+513030-0000731\tEurope/London
    DE,DK,NO,SE,SJ\t+5230+01322\tEurope/Berlin\tmost of Germany
    US\t+404251-0740023\tAmerica/New_York\tEastern (most areas)
    XX\tnowhere\tAsia/Tokyo
    XX\t+3539+13944\tNo/Such_Zone
    """
  private static let summer = Date(timeIntervalSince1970: 1_750_000_000)

  private func choice(_ latitude: Double, _ longitude: Double, given: String? = nil) throws -> ZoneChoice {
    let place = try #require(Coordinate(latitude: latitude, longitude: longitude))
    return ZoneChoice(
      given: given.flatMap { TimeZone(identifier: $0) }, places: [place], table: ZoneTable(texts: [Self.table]),
      now: Self.summer)
  }

  @Test func readsTheTable() throws {
    let table = try #require(ZoneTable(texts: [Self.table]))
    #expect(
      table.cities.map(\.zone.identifier)
        == ["America/New_York", "Asia/Seoul", "Europe/Berlin", "Europe/London", "Europe/Paris"])
    let newYork = table.cities[0]
    #expect(newYork.name == "New York")
    #expect(abs(newYork.place.latitude - 40.714) < 0.001 && abs(newYork.place.longitude + 74.006) < 0.001)
    #expect(ZoneTable(texts: []) == nil && ZoneTable(texts: ["# nothing"]) == nil)
    #expect(ZoneTable(folder: "/no/such/folder") == nil)
  }

  @Test func citiesAtBordersAreThere() throws {
    let cities = ZoneTable.cities(BorderCities.table)
    #expect(cities.count == BorderCities.table.split(separator: "\n").count)
    #expect(cities.contains { $0.name == "Beijing" && $0.zone.identifier == "Asia/Shanghai" })
    // No clock is an hour behind the sun, nor much more than three before it: a slip in the table would be.
    for city in cities {
      let hours = Double(city.zone.secondsFromGMT(for: Self.summer)) / 3_600 - city.place.longitude / 15
      #expect((-1...3.5).contains(hours), "\(city.name)")
    }
  }

  @Test func theNearestCityCounts() throws {
    let busan = try choice(35.18, 129.08)
    #expect(busan.zone.identifier == "Asia/Seoul" && busan.origin.hasPrefix("nearest city: Seoul, 32"))
    #expect(busan.doubt == nil)
    // Paris and Berlin have one clock: which of them is nearer is no matter.
    #expect(try choice(50.8, 12.9).doubt == nil)
  }

  @Test func nearABorderThereIsDoubt() throws {
    let calais = try choice(50.95, 1.86)
    #expect(calais.zone.identifier == "Europe/London")
    #expect(calais.doubt?.contains("Europe/Paris") == true)
  }

  /// A map may reach beyond a border, though its middle lies far from it.
  @Test func everyCornerOfAMapIsLookedAt() throws {
    let corners = try [(48.9, 2.3), (51.5, -0.1), (48.0, 3.0), (47.0, 4.0), (46.0, 5.0)].map {
      try #require(Coordinate(latitude: $0.0, longitude: $0.1))
    }
    let choice = ZoneChoice(given: nil, places: corners, table: ZoneTable(texts: [Self.table]), now: Self.summer)
    #expect(choice.zone.identifier == "Europe/Paris" && choice.doubt?.contains("Europe/London") == true)
  }

  @Test func whatSomebodySaysCounts() throws {
    #expect(try choice(37.5, 127, given: "Asia/Seoul").doubt == nil)
    let slip = try choice(37.5, 127, given: "UTC")
    #expect(slip.origin == "given" && slip.zone.secondsFromGMT() == 0)
    #expect(slip.doubt?.contains("Asia/Seoul") == true)
  }

  @Test func withoutTzdataTheMachineIsAsked() {
    let choice = ZoneChoice(given: nil, places: [], table: nil)
    #expect(choice.zone == .current && choice.origin == "this machine's" && choice.doubt?.contains("tzdata") == true)
  }

  /// On either side of the antimeridian, and with what tzdata really has.
  @Test(
    .enabled(if: ZoneTable() != nil, "tzdata is not installed: .ci/prerequisites test installs it"),
    arguments: [
      (37.5665, 126.978, "Asia/Seoul"), (59.33, 18.07, "Europe/Stockholm"), (45.46, 9.19, "Europe/Rome"),
      (21.03, 105.85, "Asia/Bangkok"), (40.71, -74.01, "America/New_York"), (-16.8, 179.99, "Pacific/Fiji"),
      (-16.8, -179.99, "Pacific/Fiji"), (64.15, -21.94, "Atlantic/Reykjavik"), (39.9, 116.4, "Asia/Shanghai"),
      (28.6, 77.2, "Asia/Kolkata"), (40.6, 22.9, "Europe/Athens"), (50.95, 1.86, "Europe/Paris"),
      (51.13, 1.31, "Europe/London"),
      (35.15, 129.06, "Asia/Seoul"), (-27.47, 153.03, "Australia/Brisbane"), (38.42, 27.14, "Europe/Istanbul"),
    ])
  func clocksOfCities(latitude: Double, longitude: Double, zone: String) throws {
    let place = try #require(Coordinate(latitude: latitude, longitude: longitude))
    let choice = ZoneChoice(given: nil, places: [place], table: ZoneTable(), now: Self.summer)
    let wanted = try #require(TimeZone(identifier: zone))
    #expect(choice.zone.showsTheSame(as: wanted, from: Self.summer), "\(choice.zone.identifier)")
  }
}
