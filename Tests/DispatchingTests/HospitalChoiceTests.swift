import API
import Dispatching
import Foundation
import Geometry
import TestSupport
import Testing

/// Which hospitals are listed, in which order, and why not others: rule by rule, without roads.
@Suite struct HospitalChoiceTests {
  private static let now = Date(timeIntervalSince1970: 1_800_000_000)
  private static let here = Place(Coordinate(latitudeE7: 0, longitudeE7: 0))

  private static func hospital(
    _ id: String, _ capabilities: [String] = ["stroke"], _ states: [HospitalState] = [HospitalState(.open)],
    ago: Double? = 60
  ) -> Hospital {
    Hospital(
      id: id, place: here, capabilities: capabilities, states: states,
      reportedAt: ago.map { now.addingTimeInterval(-$0) })
  }

  private static func request(_ change: (inout HospitalsRequest) -> Void = { _ in }) -> HospitalsRequest {
    var request = HospitalsRequest(scene: here, carrier: .profile("plain"))
    (request.capabilities, request.count) = (["stroke"], 10)
    change(&request)
    return request
  }

  /// Hospitals, each with its drive in seconds; negative for none, and as `id:status`, in their order.
  private static func listed(
    _ hospitals: [(Hospital, Int)], _ change: (inout HospitalsRequest) -> Void = { _ in }
  ) -> (rows: [String], choice: HospitalChoice) {
    let candidates = hospitals.map { hospital, seconds in
      HospitalChoice.Candidate(
        hospital,
        way: seconds < 0
          ? nil : .init(arrivalMilliseconds: Int64(seconds) * 1000, travelMilliseconds: Int64(seconds) * 1000))
    }
    let choice = HospitalChoice(request(change), candidates, at: now)
    return (choice.listed.map { "\(hospitals[$0.candidate].0.id):\($0.status)" }, choice)
  }

  @Test func theNearestThatCanIsFirst() {
    let (rows, choice) = Self.listed([
      (Self.hospital("far"), 300), (Self.hospital("near"), 100), (Self.hospital("none", []), 10),
      (Self.hospital("cut off"), -1), (Self.hospital("refused"), 20),
    ]) { $0.excludedIDs = ["refused"] }
    #expect(rows == ["near:open", "far:open"])
    #expect(choice.leftOut == [.capability: 1, .unreachable: 1, .excluded: 1])
    #expect(choice.listed.map(\.extraMilliseconds) == [0, 200_000])
  }

  @Test func aDiversionIsLeftOutUnlessItIsAskedFor() {
    let hospitals = [
      (Self.hospital("near", ["stroke"], [HospitalState(.diversion)]), 100), (Self.hospital("far"), 300),
    ]
    #expect(Self.listed(hospitals).rows == ["far:open"])
    #expect(Self.listed(hospitals).choice.leftOut == [.diversion: 1])
    // The nearest is the nearest of those that take patients.
    #expect(Self.listed(hospitals).choice.listed.map(\.extraMilliseconds) == [0])
    #expect(Self.listed(hospitals) { $0.showsDiverted = true }.rows == ["far:open", "near:diversion"])
  }

  /// The patient has to go somewhere; but not to a hospital that takes nobody.
  @Test func ifAllAreOnDiversionTheyAreListed() {
    let (rows, choice) = Self.listed([
      (Self.hospital("b", ["stroke"], [HospitalState(.diversion)]), 200),
      (Self.hospital("a", ["stroke"], [HospitalState(.diversion)]), 100),
      (Self.hospital("shut", ["stroke"], [HospitalState(.closed)]), 10),
    ])
    #expect(rows == ["a:diversion", "b:diversion"] && choice.areAllDiverted)
    #expect(choice.leftOut == [.closed: 1])
  }

  @Test func whatIsUnknownCountsAsOpenWithItsAge() {
    let (rows, choice) = Self.listed([
      (Self.hospital("old", ["stroke"], [HospitalState(.diversion)], ago: 7_200), 100),
      (Self.hospital("never", ["stroke"], [], ago: nil), 200), (Self.hospital("mute", ["stroke"], []), 250),
      (Self.hospital("open"), 300),
    ])
    #expect(rows == ["old:unknown", "never:unknown", "mute:unknown", "open:open"])
    #expect(choice.listed.map(\.stateAgeSeconds) == [7_200, nil, 60, 60])
    #expect(
      Self.listed([(Self.hospital("old", ["stroke"], [HospitalState(.diversion)], ago: 7_200), 100)]) {
        $0.stateAgeSecondsMax = 10_000
      }.rows == ["old:diversion"])
  }

  @Test func aStateWhoseTimeIsOverIsUnknown() {
    func status(_ until: Double) -> [String] {
      let state = HospitalState(.open, for: "stroke", until: Self.now.addingTimeInterval(until))
      return Self.listed([(Self.hospital("h", ["stroke"], [state]), 100)]).rows
    }
    #expect(status(1) == ["h:open"] && status(0) == ["h:unknown"] && status(-1) == ["h:unknown"])
  }

  @Test func noFreeBedIsADiversionForThatCapability() {
    let hospital = Self.hospital(
      "h", ["stroke", "burns"], [HospitalState(.open), HospitalState(.open, for: "burns", freeBeds: 0)])
    #expect(Self.listed([(hospital, 100), (Self.hospital("far"), 200)]).rows == ["h:open", "far:open"])
    let (rows, choice) = Self.listed([(hospital, 100), (Self.hospital("far", ["burns"]), 200)]) {
      $0.capabilities = ["burns"]
    }
    #expect(rows == ["far:open"] && choice.leftOut == [.diversion: 1])
  }

  /// What holds for the whole holds for each, if it is bad; else what is said of the capability counts.
  @Test(
    arguments: [
      ([HospitalState(.diversion), HospitalState(.open, for: "stroke")], "diversion"),
      ([HospitalState(.open), HospitalState(.diversion, for: "stroke")], "diversion"),
      ([HospitalState(.open), HospitalState(.diversion, for: "pci")], "open"),
      ([HospitalState(.unknown), HospitalState(.open, for: "stroke")], "open"),
      ([HospitalState(.open), HospitalState(.unknown, for: "stroke")], "unknown"),
      ([HospitalState(.open, for: "pci")], "unknown"),
    ] as [([HospitalState], String)])
  func wholeAndCapability(_ states: [HospitalState], _ expected: String) {
    let rows = Self.listed([(Self.hospital("h", ["stroke"], states), 1)]) { $0.showsDiverted = true }.rows
    #expect(rows == ["h:\(expected)"])
  }

  private static let centre = ["stroke", "thrombectomy"]

  @Test func thePreferredClassMayCostSoMuchMore() {
    let hospitals = [
      (Self.hospital("near"), 300), (Self.hospital("centre", Self.centre), 900),
      (Self.hospital("other centre", Self.centre), 1_000), (Self.hospital("middle"), 600),
    ]
    func listed(_ extra: Double) -> (rows: [String], choice: HospitalChoice) {
      Self.listed(hospitals) { ($0.preferredCapabilities, $0.preferenceSecondsMax) = (["thrombectomy"], extra) }
    }
    // The nearest of the class alone comes first.
    let near = listed(600)
    #expect(near.rows == ["centre:open", "near:open", "middle:open", "other centre:open"])
    #expect(near.choice.listed.map(\.isPreferred) == [true, false, false, true])
    #expect(near.choice.listed.map(\.extraMilliseconds) == [600_000, 0, 300_000, 700_000])
    #expect(near.choice.listed.allSatisfy { $0.tooFarMilliseconds == nil })
    let far = listed(510)
    #expect(far.rows == ["near:open", "middle:open", "centre:open", "other centre:open"])
    #expect(far.choice.listed.map(\.tooFarMilliseconds) == [nil, nil, 90_000, nil])
  }

  /// A centre that doesn't take patients for what is preferred is none of the class.
  @Test func aCentreOnDiversionIsNotPreferred() {
    let states = [HospitalState(.open), HospitalState(.diversion, for: "thrombectomy")]
    let (rows, choice) = Self.listed([
      (Self.hospital("near"), 300), (Self.hospital("centre", Self.centre, states), 400),
    ]) { ($0.preferredCapabilities, $0.preferenceSecondsMax) = (["thrombectomy"], 600) }
    #expect(rows == ["near:open", "centre:open"] && !choice.listed.contains(where: \.isPreferred))
  }

  @Test func aLastResortComesBehindAllOthers() {
    func way(_ seconds: Int64, _ needsLastResort: Bool) -> HospitalChoice.Way {
      .init(needsLastResort: needsLastResort, arrivalMilliseconds: seconds, travelMilliseconds: seconds)
    }
    let candidates = [
      HospitalChoice.Candidate(Self.hospital("a", Self.centre), way: way(1, true)),
      HospitalChoice.Candidate(Self.hospital("b"), way: way(9, false)),
      HospitalChoice.Candidate(Self.hospital("c"), way: nil, isOnMap: false),
    ]
    let request = Self.request { ($0.preferredCapabilities, $0.preferenceSecondsMax) = (["thrombectomy"], 600) }
    let choice = HospitalChoice(request, candidates, at: Self.now)
    #expect(choice.listed.map(\.candidate) == [1, 0] && choice.leftOut == [.offMap: 1])
  }

  @Test func noMoreAreListedThanAreWanted() {
    let (rows, choice) = Self.listed((1...5).map { (Self.hospital("\($0)"), $0) }) { $0.count = 2 }
    #expect(rows == ["1:open", "2:open"] && choice.leftOut == [.outranked: 3])
  }
}
