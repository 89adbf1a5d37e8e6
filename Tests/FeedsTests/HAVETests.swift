import API
import Feeds
import Foundation
import Geometry
import Testing

/// What hospitals say of themselves by EDXL-HAVE.
@Suite struct HAVETests {
  @Test func recordByRecord() throws {
    let content = try content(of: "have.xml", .have)
    #expect(content.recordCount == 4 && content.skippedCount == 1 && content.idleCount == 0)
    #expect(
      content.hospitals == [
        Hospital(
          id: "st-marys", name: "서울성모병원", place: Place(Coordinate(37.5018, 127.0051)),
          capabilities: ["cardiology", "burn", "adult_icu"],
          states: [
            HospitalState(.open), HospitalState(.open, for: "adult_icu", freeBeds: 3),
            HospitalState(.diversion, for: "burn", freeBeds: 0),
          ], reportedAt: try date("2009-01-01T00:00:00Z"), source: "s"),
        Hospital(
          id: "Gangnam", name: "Gangnam", place: Place(Coordinate(37.4928, 127.0463)),
          states: [HospitalState(.diversion)], reportedAt: try date("2009-01-01T00:05:00Z"), source: "s"),
        Hospital(
          id: "leaving", name: "Leaving", place: Place(Coordinate(37.5, 127.1)), states: [HospitalState(.closed)],
          reportedAt: try date("2009-01-01T00:05:00Z"), source: "s"),
      ])
    #expect(
      content.problemTexts == ["FEED_MISSING_FIELD skipped nowhere ", "FEED_UNKNOWN_WORD ignored nowhere Perhaps"])
    #expect(content.addsUp)
  }

  private static func hospital(_ inside: String, time: String = "2009-01-01T00:00:00Z") -> String {
    """
    <HospitalStatus><Hospital><Organization><OrganisationName ID="a"/><OrganizationGeoLocation><pos>1 2</pos>\
    </OrganizationGeoLocation></Organization>\(inside)<LastUpdateTime>\(time)</LastUpdateTime></Hospital></HospitalStatus>
    """
  }

  @Test(arguments: [
    ("Normal", HospitalStatus.open), ("Advisory", .open), ("Closed", .diversion), ("NotApplicable", .unknown),
    ("", .unknown), ("Perhaps", .unknown),
  ])
  func whatTrafficMeans(_ word: String, _ status: HospitalStatus) throws {
    let text = Self.hospital(
      "<EmergencyDepartmentStatus><EMSTraffic><EMSTrafficStatus>\(word)</EMSTrafficStatus></EMSTraffic>"
        + "</EmergencyDepartmentStatus>")
    #expect(try content(ofText: text, .have).hospitals.map(\.states) == [[HospitalState(status)]])
  }

  /// A kind of bed that occurs twice, or without a count, takes nothing from the others.
  @Test func bedsThatAreOddAreTold() throws {
    let bed = "<BedCapacity><BedType>NeonatalICU</BedType><AvailableCount>many</AvailableCount></BedCapacity>"
    let content = try content(
      ofText: Self.hospital("<HospitalBedCapacityStatus>\(bed)\(bed)</HospitalBedCapacityStatus>"), .have)
    #expect(
      content.hospitals.first?.states == [HospitalState(.unknown), HospitalState(.unknown, for: "neonatal_icu")])
    #expect(content.problemCount == 2 && content.skippedCount == 0)
  }

  @Test func recordsWithAFaultAreSkipped() throws {
    for text in [
      Self.hospital("", time: "yesterday"), Self.hospital("", time: ""),
      Self.hospital("").replacing("1 2", with: "91 2"), Self.hospital("").replacing("ID=\"a\"", with: ""),
      Self.hospital("<HospitalBedCapacityStatus><BedCapacity/></HospitalBedCapacityStatus>"),
    ] {
      #expect(try content(ofText: text, .have).skippedCount == 1, "\(text)")
    }
    let twice = Self.hospital("").replacing("</HospitalStatus>", with: "") + Self.hospital("").dropFirst(16)
    #expect(try content(ofText: twice, .have).hospitals.count == 1)
  }

  @Test func whatIsNoFeedIsRefused() {
    #expect(failure(ofText: "<incidents/>", .have)?.code == .wrongEnvelope)
    #expect(failure(ofText: "{}", .have)?.code == .notXML)
    #expect(failure(ofText: "<HospitalStatus><Hospital>", .have)?.code == .notXML)
    #expect(failure(ofText: "<!DOCTYPE a><HospitalStatus/>", .have)?.code == .notXML)
    let deep = String(repeating: "<a>", count: 1_000) + String(repeating: "</a>", count: 1_000)
    #expect(failure(ofText: deep, .have)?.code == .notXML)
  }
}
