import API
import Fleet
import Foundation
import Geometry
import InputFiles
import Load
import TestSupport
import Testing

@testable import tocsin

/// Files of units: all good or nothing.
@Suite struct UnitFileTests {
  private static let header = "id,agency,station,capabilities,profile,status,lat,lon,turnout_seconds\n"
  private static let now = Date(timeIntervalSince1970: 1_700_000_000)

  private func parsed(_ text: String) -> [ResponseUnit]? {
    guard let (units, faults) = try? UnitFile.read(Array(text.utf8), now: Self.now), faults.isEmpty else { return nil }
    return units
  }

  private func faults(_ text: String) -> [String] {
    do {
      return try UnitFile.read(Array(text.utf8), now: Self.now).faults.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  @Test func readsUnits() throws {
    let text =
      Self.header + "A-1,EMS,\"Hall 3, north\",als;bls,ambulance,en_route,-37.5,126.9,60.5\nP-1,,,,police,,1,2,\n"
    let units = try #require(parsed(text))
    try #require(units.count == 2)
    let first = units[0]
    #expect((first.id, first.agency, first.station) == ("A-1", "EMS", "Hall 3, north"))
    #expect(first.capabilities == ["als", "bls"])
    #expect(first.profile == "ambulance" && first.status == .enRoute)
    #expect(first.coordinate == Coordinate(latitude: -37.5, longitude: 126.9))
    #expect(first.turnoutSeconds == 60.5 && first.headingDegrees == nil && first.reportedAt == Self.now)
    #expect(units[1].status == .available && units[1].turnoutSeconds == nil && units[1].agency == "")
  }

  @Test func readsWhatADispatchSystemKnows() throws {
    let text = """
      id,profile,lat,lon,home_lat,home_lon,crew_count,crew,idle_since,incident,incident_priority,destination_lat,\
      destination_lon,free_at,post
      E1,fire_engine,1,2,3,4,5,north-1,2026-05-01T12:00:00Z,,,,,,
      E2,fire_engine,1,2,,,,,,I-7,2,5,6,1777636800000,P3

      """
    let units = try #require(parsed(text))
    try #require(units.count == 2)
    #expect(units[0].home == Coordinate(latitude: 3, longitude: 4).map { Place($0) })
    #expect(units[0].crewCount == 5 && units[0].crewID == "north-1" && units[0].task == nil)
    #expect(units[0].idleSince == Date(timeIntervalSince1970: 1_777_636_800))
    #expect(
      units[1].task
        == UnitTask(
          incidentID: "I-7", priority: 2, destination: Coordinate(latitude: 5, longitude: 6).map { Place($0) },
          freeAt: Date(timeIntervalSince1970: 1_777_636_800), postID: "P3"))
    #expect(units[1].home == nil && units[1].crewCount == nil)
  }

  @Test func halfAPlaceIsAFault() {
    #expect(
      faults("id,profile,lat,lon,home_lat,home_lon\nx,car,1,2,3,\n") == [
        "line 2, home_lon: the field is empty, and the other half of the place isn't"
      ])
    #expect(
      faults("id,profile,lat,lon,crew_count\nx,car,1,2,many\n") == [
        "line 2, crew_count: not a whole number from 0 to 1000 (many)"
      ])
  }

  /// As the server takes it.
  @Test(arguments: [("0", true), ("359.9", true), ("360", true), ("360.1", false), ("-1", false), ("nan", false)])
  func aHeadingIs0To360(_ heading: String, isTaken: Bool) throws {
    let text = "id,profile,lat,lon,heading\nx,car,37,127,\(heading)\n"
    if isTaken {
      #expect(parsed(text)?.first?.headingDegrees == Double(heading))
    } else {
      #expect(faults(text).first?.hasPrefix("line 2, heading: a heading is 0 to below 360 degrees") == true)
    }
  }

  /// As spreadsheets write it where the comma is the decimal mark.
  @Test func takesWhatSpreadsheetsWrite() throws {
    let text = "\u{FEFF}ID;Profile;Status;LAT;Lon;capabilities\r\nA;car;Available;37,5665;126,978;\"als;bls\"\r\n"
    let unit = try #require(parsed(text)?.first)
    #expect(unit.coordinate == Coordinate(latitude: 37.5665, longitude: 126.978))
    #expect(unit.capabilities == ["als", "bls"] && unit.status == .available)
    #expect(faults("id,profile,lat,lon\nA,car,\"3,7,5\",1\n").first?.hasPrefix("line 2, lat: not a number") == true)
  }

  @Test func takesColumnsInAnyOrder() throws {
    let units = try #require(parsed("lon,lat,heading,profile,id\n127,37,90,car,x\n"))
    #expect(units.map(\.id) == ["x"])
    #expect(units.first?.headingDegrees == 90)
    #expect(units.first?.coordinate == Coordinate(latitude: 37, longitude: 127))
  }

  @Test func aStatusMayHaveATime() throws {
    let text = "id,profile,status,status_at,lat,lon\nA,car,dispatched,2026-05-01T12:00:00.250Z,1,2\nB,car,,,1,2\n"
    let units = try #require(parsed(text))
    #expect(units.map { $0.statusAt?.timeIntervalSince1970 } == [1_777_636_800.25, nil])
    #expect(units.map(\.status) == [.dispatched, .available] && units.allSatisfy { $0.reportedAt == Self.now })
    #expect(
      faults("id,profile,lat,lon,status_at\nA,car,1,2,noon\n") == [
        "line 2, status_at: not a moment such as 2026-05-01T12:00:00Z (noon)"
      ])
  }

  @Test func takesAFileWithoutUnits() { #expect(parsed(Self.header) == []) }

  @Test func namesEveryBadField() {
    let text =
      Self.header + """
        A-1,,,,ambulance,avail,37,127,
        ,,,,,available,91,x,-1
        A-1,,,,car,,1,nan,

        only,two
        """
    let statuses = UnitStatus.allCases.map(\.rawValue).joined(separator: ", ")
    #expect(
      faults(text) == [
        "line 2, status: not one of \(statuses) (avail)",
        "line 3, id: the field is empty",
        "line 3, profile: the field is empty",
        "line 3, lat: not a number from -90 to 90 (91)",
        "line 3, lon: not a number from -180 to 180 (x)",
        "line 3, turnout_seconds: the turnout time is 0 to 604800 s (-1)",
        "line 4, lon: not a number from -180 to 180 (nan)",
        "line 4, id: the id is that of line 2 (A-1)",
        "line 6: 9 fields are needed, as in the first line, not (2)",
      ])
  }

  @Test(arguments: [
    ("", "line 1: the file is empty"), ("id,profile,lat\n", "line 1, lon: the column is missing"),
    ("id,profile,lat,lon,colour\n", "line 1: an unknown column"), ("id,id\n", "line 1, id: the column occurs twice"),
    ("\"id", "line 1: a quoted field that never ends"),
  ])
  func refusesABadHeader(_ text: String, start: String) {
    #expect(faults(text).count == 1)
    #expect(faults(text).first?.hasPrefix(start) == true, "\(faults(text))")
  }

  @Test func aFileIsRefusedWithAllItsFaults() throws {
    let folder = TemporaryFolder()
    let path = folder.path("units.csv")
    try Data("id,profile,lat,lon\nx,car,91,2\ny,car,1,200\n".utf8).write(to: folder.url("units.csv"))
    let units = #expect(throws: InputFileError.self) { try UnitFile.units(path: path) }
    #expect(units?.description == "INVALID_UNIT_FILE: 2 faults (\(path))")
    #expect(
      units?.faults.map(\.description) == [
        "line 2, lat: not a number from -90 to 90 (91)", "line 3, lon: not a number from -180 to 180 (200)",
      ])
    let links = #expect(throws: InputFileError.self) { try LinkTableFile.stretches(path: path) }
    #expect(links?.description.hasPrefix("LINKS_UNREADABLE: line 1: the first line must be link_id,") == true)
    let lines = #expect(throws: InputFileError.self) { try GeoJSONReader.features(path: path) }
    #expect(lines?.description == "GEOJSON_UNREADABLE: the file is not GeoJSON (\(path))")
  }

  @Test func aFileThatIsMissingIsRefused() {
    let path = TemporaryFolder().path("missing")
    let reads: [(code: InputFileError.Code, read: () throws -> Void)] = [
      (.fileUnreadable, { _ = try UnitFile.units(path: path) }),
      (.fileUnreadable, { _ = try StationFile.stations(path: path) }),
      (.linksUnreadable, { _ = try LinkTableFile.stretches(path: path) }),
      (.geoJSONUnreadable, { _ = try GeoJSONReader.areas(path: path) }),
    ]
    for (code, read) in reads {
      #expect(throws: InputFileError(code: code, faults: [], value: path)) { try read() }
    }
  }

  @Test func madeUpUnitsCanBeRead() throws {
    var random = SplitMix64(seed: 1)
    let places = (0..<40).map { Coordinate(latitudeE7: $0 * 1_000, longitudeE7: -$0) }
    let units = try #require(parsed(UnitRosterText.csv(places: places, random: &random)))
    #expect(units.map(\.coordinate) == places)
    #expect(Set(units.map(\.profile)) == ["ambulance", "fire_engine", "police"])
  }
}
