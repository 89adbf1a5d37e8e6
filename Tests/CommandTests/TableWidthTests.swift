import API
import Fleet
import Foundation
import Geometry
import Testing
import Traffic

@testable import LedgerFile
@testable import tocsin

/// What commands print of long names, as Seoul and Hanoi have them: no line is wider than 80 columns, and no word is
/// cut.
@Suite struct TableWidthTests {
  private static let stations = [
    "서울특별시소방재난본부 종로소방서 119구조구급센터", "Phòng Cảnh sát Phòng cháy chữa cháy và Cứu nạn cứu hộ quận Hoàn Kiếm",
    "Feuerwehrtechnischezentralwerkstatt",
  ]
  private static let roads = ["남부순환로지하차도방음터널", "Đường Nguyễn Thị Minh Khai", "Donaudampfschifffahrtskanalstraße"]
  private static let now = Date(timeIntervalSince1970: 1_700_000_000)
  private static let place = Coordinate(latitudeE7: 375_665_123, longitudeE7: 1_269_780_456)

  private static func snapped(_ name: String) -> SnappedPlace {
    SnappedPlace(coordinate: place, distanceMeters: 3, wayOSMID: 1_234_567_890, name: name, headingDegrees: 0)
  }

  private static let units = stations.map { station in
    ResponseUnit(
      id: "종로구급-119", agency: "서울특별시소방재난본부", station: station, capabilities: ["extracorporeal", "neonatal", "als"],
      profile: "heavy_rescue_vehicle", status: .outOfService, coordinate: place, reportedAt: now)
  }

  /// - Parameter words: each of them stands whole in the text.
  private func check(_ text: String, has words: [String]) {
    for line in text.split(separator: "\n") {
      #expect(DisplayWidth.of(line) <= 80, "\(line)")
    }
    for word in words.flatMap({ $0.split(separator: " ") }) { #expect(text.contains(word), "\(word) in\n\(text)") }
  }

  @Test func units() {
    let listed = zip(Self.units, Self.roads).map { ListedUnit(unit: $0, snapped: Self.snapped($1)) }
    check(
      UnitListText.text(listed),
      has: Self.stations + Self.roads + Self.units[0].capabilities + ["out_of_service", Self.place.description])
  }

  @Test func fastestUnits() {
    let ranked = Self.units.map { unit in
      RankedUnit(
        unit: unit, etaSeconds: 36_000, turnoutSeconds: 3_600, positionAgeSeconds: 0,
        route: Route(travelSeconds: 32_400, lengthMeters: 123_456))
    }
    let answer = FastestUnitsAnswer(
      version: 1, incident: Self.snapped(Self.roads[0]), units: ranked, leftOut: [:], closureIDsInTheWay: [])
    check(FastestText.text(answer), has: Self.stations + Self.units[0].capabilities + ["10:00:00", "123.5"])
  }

  @Test func closures() {
    let closures = Self.roads.map { road in
      let closure = RoadClosure(
        id: "5a1f0c4e-1b7e-4f0e-9a55-2f8f6f1c9d11", source: "서울특별시교통정보센터", selector: .way(osmID: 1, direction: .both),
        scope: .profiles(["heavy_rescue_vehicle", "ambulance"]), reason: "Straßenbahnschienenerneuerung", from: nil,
        until: Self.now + 9_000, hours: "Mo-Fr 07:00-09:00")
      return ListedClosure(
        closure: closure, isActive: true,
        ways: Self.roads.map { MatchedWay(osmID: 1, name: $0 + road, lengthMeters: 12_345, direction: .backward) })
    }
    let clock = LocalClock(timeZone: .gmt, now: Self.now)
    check(
      ClosureListText.text(closures, clock),
      has: closures.flatMap { [$0.closure.id, $0.closure.reason, $0.closure.source] } + ["heavy_rescue_vehicle"])
  }

  @Test func status() {
    var status = StatusAnswer(
      version: 12_345, mapPath: "/var/lib/tocsin/bản đồ/thành phố Hà Nội và các tỉnh lân cận/miền bắc Việt Nam.tocsin",
      timeZone: "Asia/Ho_Chi_Minh", startedAt: Self.now, snapshotPublishedAt: Self.now, lastUpdate: UpdateTimes(),
      waitingChangeCount: 0, profiles: (1...14).map { "vehicle_profile_\($0)" }, vertexCount: 12_345_678,
      arcCount: 23_456_789, unitCount: 1, closureCount: 1, feeds: [], speedSources: [], linkCount: 1,
      subscriptionCount: 0)
    let report = FeedReport(source: "서울특별시교통정보센터돌발정보", intervalSeconds: 86_400, recordCount: 1_234_567)
    status.feeds = [
      FeedStatus(
        report: report, lastPutAt: Self.now, isStale: true, knownCount: 1_234_567, inForceCount: 1_234_567,
        unmatchedCount: 1_234_567)
    ]
    status.ledgerFault = "LEDGER_MOVED: " + Array(repeating: "the file is gone", count: 8).joined(separator: " ")
    let text = StatusText.text(status, now: Self.now + 90_000)
    check(text, has: [report.source, "STALE", status.mapPath, status.ledgerFault, "12,345,678"] + status.profiles)
    #expect(text.hasPrefix("map        /var/lib/tocsin"))
  }

  @Test func trails() {
    let entry = AuditEntry(
      sequence: 123_456_789, moment: Self.now, version: 123_456_789, what: "remove", kind: "closure",
      id: "5a1f0c4e-1b7e-4f0e-9a55-2f8f6f1c9d11", value: nil,
      origin: ChangeOrigin(
        actor: "CN=교통정보센터,O=서울특별시", peer: "tcp:[2001:db8:1234:5678::1]:38934", method: "tocsin.v1.Traffic/LiftClosures")
    )
    check(AuditText.text([entry]), has: [entry.id, entry.origin.actor, entry.origin.peer, "LiftClosures"])
  }
}
