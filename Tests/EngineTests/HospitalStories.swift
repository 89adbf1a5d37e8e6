import API
import Foundation
import Geometry
import Ledger
import TestSupport
import Testing

@testable import Engine

/// Hospitals: kept, told of, and found on roads.
@Suite struct HospitalStories {
  /// Two blocks of streets, and a bridge, IJ, with a street beyond it.
  private static func town(setup: EngineSetup = .partialCustomization) throws -> Town {
    var town = try Town(
      """
      A---B---C
      |   |   |
      D-0-E---F---I-------J---K
      u           v
      """, setup: setup)
    for road in ["ABC", "DEFI", "IJ", "JK", "AD", "BE", "CF"] { town.road(road) }
    town.unit("u") { ($0.turnoutSeconds, $0.capabilities) = (10, ["als"]) }
    town.unit("v") { ($0.turnoutSeconds, $0.capabilities) = (20, ["als"]) }
    return town
  }

  private static func hospital(
    _ id: String, at letter: Character, in town: Town, _ capabilities: [String] = ["stroke"],
    _ states: [HospitalState] = []
  ) -> Hospital {
    Hospital(
      id: id, place: Place(town.map.coordinate(letter)), capabilities: capabilities, offloadSeconds: 60, states: states)
  }

  private static func request(
    _ town: Town, _ carrier: HospitalsRequest.Carrier = .profile("plain"), at scene: Character = "0",
    _ change: (inout HospitalsRequest) -> Void = { _ in }
  ) -> HospitalsRequest {
    var request = HospitalsRequest(scene: Place(town.map.coordinate(scene)), carrier: carrier)
    request.capabilities = ["stroke"]
    change(&request)
    return request
  }

  private static func rows(_ answer: HospitalsAnswer) -> [String] {
    answer.hospitals.map { "\($0.hospital.id) \(Town.tenths($0.travelSeconds)) \(Town.tenths($0.arrivalSeconds))" }
  }

  private func refusal(_ body: () throws -> Void) -> EngineError? { #expect(throws: EngineError.self) { try body() } }

  // MARK: Which one

  /// The nearest is on diversion, the second has no catheter laboratory, the third is across the river with the bridge
  /// closed.
  @Test(arguments: EngineSetup.allCases)
  func threeHospitalsThatCannotTakeHim(_ setup: EngineSetup) throws {
    let town = try Self.town(setup: setup)
    let test = try town.testEngine()
    try test.change { engine in
      _ = try engine.putHospitals(
        HospitalsPut([
          Self.hospital("H1", at: "B", in: town, ["pci"], [HospitalState(.diversion)]),
          Self.hospital("H2", at: "E", in: town, []), Self.hospital("H3", at: "K", in: town, ["pci"]),
          Self.hospital("H4", at: "A", in: town, ["pci"]),
        ]), by: .local)
    }
    try town.close("IJ")
    let answer = try test.engine.hospitals(Self.request(town) { $0.capabilities = ["pci"] })
    let drive = try #require(town.travelSeconds("0", "A"))
    #expect(Self.rows(answer) == ["H4 \(drive) \(drive)"])
    #expect(answer.leftOut == [.diversion: 1, .capability: 1, .unreachable: 1])
  }

  /// Each drive is what a route says, in the order of the routes.
  @Test func eachDriveIsThatOfItsRoute() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    _ = try engine.putHospitals(
      HospitalsPut("ABCJI".map { Self.hospital(String($0), at: $0, in: town) }), by: .local)
    let answer = try engine.hospitals(Self.request(town) { $0.detail = [.ways] })
    let expected = "ABCJI".map { ($0, town.travelSeconds("0", $0) ?? 0) }.sorted {
      ($0.1, String($0.0)) < ($1.1, String($1.0))
    }
    #expect(Self.rows(answer) == expected.map { "\($0.0) \($0.1) \($0.1)" })
    #expect(answer.hospitals.allSatisfy { !$0.route.ways.isEmpty && $0.unitID.isEmpty } && answer.unit == nil)
    #expect(answer.hospitals[0].handoverSeconds == answer.hospitals[0].arrivalSeconds + 60)
  }

  @Test func theUnitComesFirst() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    _ = try engine.putHospitals(HospitalsPut([Self.hospital("C", at: "C", in: town)]), by: .local)
    let answer = try engine.hospitals(Self.request(town, .unit(id: "u")) { $0.onSceneSeconds = 720 })
    let drive = try #require(town.travelSeconds("0", "C"))
    #expect(answer.unit?.etaSeconds == 30)
    #expect(Self.rows(answer) == ["C \(drive) \(30 + 720 + drive)"] && answer.hospitals[0].unitID == "u")
    #expect(refusal { _ = try engine.hospitals(Self.request(town, .unit(id: "ghost"))) }?.code == .unknownUnit)
  }

  /// A unit on scene with the patient has no way there any more.
  @Test func aUnitOnSceneIsThere() throws {
    var town = try Self.town()
    town.unit("u") { $0.status = .onScene }
    let engine = try town.testEngine().engine
    _ = try engine.putHospitals(HospitalsPut([Self.hospital("C", at: "C", in: town)]), by: .local)
    let near = try engine.hospitals(Self.request(town, .unit(id: "u"), at: "D"))
    #expect(near.unit?.etaSeconds == 0 && near.hospitals[0].arrivalSeconds == near.hospitals[0].travelSeconds)
    let far = try engine.hospitals(Self.request(town, .unit(id: "u"), at: "J"))
    #expect((far.unit?.etaSeconds ?? 0) > 0)
  }

  /// Without a unit the one that is at the hospital first takes the patient.
  @Test func theWholeChainCounts() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    _ = try engine.putHospitals(HospitalsPut([Self.hospital("C", at: "C", in: town)]), by: .local)
    let answer = try engine.hospitals(Self.request(town, .units(UnitFilter())))
    #expect(answer.unit?.unit.id == "u" && answer.hospitals.map(\.unitID) == ["u"])
    #expect(answer.hospitals[0].arrivalSeconds == 30 + answer.hospitals[0].travelSeconds)
    var filter = UnitFilter()
    filter.excludedIDs = ["u"]
    #expect(try engine.hospitals(Self.request(town, .units(filter))).unit?.unit.id == "v")
    filter.capabilities = ["helicopter"]
    #expect(refusal { _ = try engine.hospitals(Self.request(town, .units(filter))) }?.code == .noRoute)
  }

  @Test func whatIfABridgeIsClosed() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    _ = try engine.putHospitals(
      HospitalsPut([Self.hospital("K", at: "K", in: town), Self.hospital("C", at: "C", in: town)]), by: .local)
    var request = Self.request(town, at: "I")
    request.whatIf = [RoadClosure(id: "x", selector: town.selector("IJ"))]
    #expect(try engine.hospitals(request).hospitals.map(\.hospital.id) == ["C"])
    request.whatIf = []
    #expect(try engine.hospitals(request).hospitals.count == 2)
  }

  @Test func wrongQuestionsAreRefused() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    #expect(refusal { _ = try engine.hospitals(Self.request(town)) }?.code == .noHospitals)
    _ = try engine.putHospitals(HospitalsPut([Self.hospital("C", at: "C", in: town)]), by: .local)
    let far = Place(Coordinate(latitudeE7: 800_000_000, longitudeE7: 0))
    for (change, code) in [
      ({ $0.scene = far }, .offMap), ({ $0.count = 0 }, .invalidCount), ({ $0.count = 101 }, .limitExceeded),
      ({ $0.carrier = .profile("boat") }, .unknownProfile), ({ $0.onSceneSeconds = -1 }, .invalidArgument),
      ({ $0.preferenceSecondsMax = .nan }, .invalidArgument),
    ] as [((inout HospitalsRequest) -> Void, EngineError.Code)] {
      let error = refusal { _ = try engine.hospitals(Self.request(town, .profile("plain"), at: "0", change)) }
      #expect(error?.code == code)
    }
    let limit = WorkLimit(deadline: .now)
    #expect(refusal { _ = try engine.hospitals(Self.request(town), within: limit) }?.code == .deadlineExceeded)
  }

  /// A hospital that no road is near is listed so, and left out.
  @Test func aHospitalOffTheMapIsKept() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    var far = Self.hospital("far", at: "A", in: town)
    far.place = Place(Coordinate(latitudeE7: 800_000_000, longitudeE7: 0))
    _ = try engine.putHospitals(HospitalsPut([far, Self.hospital("C", at: "C", in: town)]), by: .local)
    #expect(try engine.hospitals(Self.request(town)).leftOut == [.offMap: 1])
    #expect(try engine.listHospitals(within: .none).hospitals.map { $0.snapped == nil } == [false, true])
  }

  /// Random towns: the hospitals in the order of their routes, time for time.
  @Test(arguments: 0..<16)
  func theOrderIsThatOfTheRoutes(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 501)
    let town = RandomTown(seed: UInt64(seed), junctionCount: [10, 40][seed % 2])
    let test = try TestEngine(.text(opl: town.text.opl))
    if seed % 3 > 0 { try PropertyTests.put(PropertyTests.closures(in: town, count: 4, &random), on: test) }
    let profile = ["plain", "siren"][seed / 2 % 2]
    let hospitals = (0..<12).map { Hospital(id: "\($0)", place: Place(town.place(&random))) }
    _ = try test.engine.putHospitals(HospitalsPut(hospitals), by: .local)
    for _ in 0..<8 {
      var request = HospitalsRequest(scene: Place(town.place(&random)), carrier: .profile(profile))
      request.count = 12
      let routes = hospitals.compactMap { hospital -> (String, Route)? in
        let route = RouteRequest(places: [request.scene, hospital.place], profile: profile)
        return (try? test.engine.route(route).route).map { (hospital.id, $0) }
      }
      let expected = routes.sorted { one, other in
        if one.1.needsLastResort != other.1.needsLastResort { return other.1.needsLastResort }
        return (one.1.travelSeconds, one.0) < (other.1.travelSeconds, other.0)
      }
      guard let answer = try? test.engine.hospitals(request) else {
        #expect(routes.isEmpty, "seed \(seed)")
        continue
      }
      #expect(answer.hospitals.map(\.hospital.id) == expected.map(\.0), "seed \(seed) at \(request.scene)")
      #expect(answer.hospitals.map(\.travelSeconds) == expected.map(\.1.travelSeconds), "seed \(seed)")
    }
  }

  // MARK: Kept

  /// What is older than what is known changes nothing; what is ahead of the clock is refused.
  @Test func statesGoByTheirTime() throws {
    let town = try Self.town()
    let test = try town.testEngine()
    let engine = test.engine
    let now = test.clock.now
    func report(_ status: HospitalStatus, _ seconds: Double) throws -> HospitalChangesAnswer {
      try engine.setHospitalStates(
        [HospitalReport(id: "C", states: [HospitalState(status)], reportedAt: now + seconds)], by: .local)
    }
    func known() throws -> HospitalStatus? {
      try engine.listHospitals(within: .none).hospitals.first?.hospital.states.first?.status
    }
    let hospital = Self.hospital("C", at: "C", in: town)
    _ = try engine.putHospitals(HospitalsPut([hospital]), by: .local)
    #expect(try known() == nil)
    #expect(try report(.diversion, -60).olderStateCount == 0)
    #expect(try report(.open, -120).olderStateCount == 1)
    #expect(try known() == .diversion)
    #expect(try report(.diversion, -60).unchangedCount == 1)
    // A put without states leaves those known, one with older ones, too.
    #expect(try engine.putHospitals(HospitalsPut([hospital]), by: .local).unchangedCount == 1)
    var older = hospital
    (older.states, older.reportedAt, older.name) = ([HospitalState(.open)], now - 90, "New name")
    #expect(try engine.putHospitals(HospitalsPut([older]), by: .local).olderStateCount == 1)
    #expect(try known() == .diversion)
    #expect(try engine.listHospitals(within: .none).hospitals.first?.hospital.name == "New name")
    #expect(refusal { _ = try report(.open, 3_600) }?.code == .timeAhead)
    older.reportedAt = now + 3_600
    #expect(refusal { _ = try engine.putHospitals(HospitalsPut([older]), by: .local) }?.code == .timeAhead)
    #expect(
      refusal { _ = try engine.setHospitalStates([HospitalReport(id: "ghost", states: [])], by: .local) }?.code
        == .unknownHospital)
  }

  @Test func aCompleteSourceRemovesWhatItDoesNotName() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    func ids() throws -> [String] { try engine.listHospitals(within: .none).hospitals.map(\.hospital.id) }
    _ = try engine.putHospitals(HospitalsPut([Self.hospital("own", at: "A", in: town)]), by: .local)
    let feed = "BC".map { Self.hospital(String($0), at: $0, in: town) }
    _ = try engine.putHospitals(HospitalsPut(feed, completeSource: "have"), by: .local)
    #expect(try ids() == ["B", "C", "own"])
    let answer = try engine.putHospitals(HospitalsPut([feed[1]], completeSource: "have"), by: .local)
    #expect(answer.removedIDs == ["B"] && answer.unchangedCount == 1)
    #expect(try ids() == ["C", "own"])
    #expect(refusal { _ = try engine.removeHospitals(["own", "ghost"], by: .local) }?.code == .unknownHospital)
    #expect(try engine.removeHospitals(["own"], by: .local).count == 1)
    #expect(try ids() == ["C"] && engine.status().hospitalCount == 1)
  }

  @Test func wrongHospitalsAreRefused() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    for (change, code) in [
      ({ $0.id = "" }, .invalidHospital), ({ $0.offloadSeconds = -1 }, .invalidHospital),
      ({ $0.capabilities = ["a", "a"] }, .invalidHospital), ({ $0.place.headingDegrees = 400 }, .invalidHeading),
      ({ $0.states = [HospitalState(.open, freeBeds: -1)] }, .invalidHospital),
      ({ $0.states = [HospitalState(.open), HospitalState(.closed)] }, .invalidHospital),
      ({ $0.states = (0...100).map { HospitalState(.open, for: "\($0)") } }, .limitExceeded),
    ] as [((inout Hospital) -> Void, EngineError.Code)] {
      var hospital = Self.hospital("C", at: "C", in: town)
      change(&hospital)
      #expect(refusal { _ = try engine.putHospitals(HospitalsPut([hospital]), by: .local) }?.code == code)
    }
    let twice = HospitalsPut([Self.hospital("C", at: "C", in: town), Self.hospital("C", at: "A", in: town)])
    #expect(refusal { _ = try engine.putHospitals(twice, by: .local) }?.code == .invalidHospital)
    #expect(try engine.listHospitals(within: .none).hospitals.isEmpty)
  }

  /// After a restart and on another map all is there, on the roads of that map.
  @Test func hospitalsOutliveARestartAndAReload() throws {
    let town = try Self.town()
    let setup = try ReloadSetup(town)
    let hospital = Self.hospital("C", at: "C", in: town, ["stroke"], [HospitalState(.open, freeBeds: 2)])
    _ = try setup.handle.putHospitals(HospitalsPut([hospital]), by: .local)
    let before = try setup.handle.listHospitals(within: .none).hospitals
    try setup.reload()
    #expect(try setup.handle.listHospitals(within: .none).hospitals == before)
    _ = try setup.handle.setHospitalStates(
      [HospitalReport(id: "C", states: [HospitalState(.closed)])], by: .local)
    let restarted = try setup.restarted()
    #expect(try restarted.listHospitals(within: .none).hospitals.first?.hospital.states.first?.status == .closed)
    _ = try setup.handle.removeHospitals(["C"], by: .local)
    #expect(try setup.restarted().listHospitals(within: .none).hospitals.isEmpty)
  }

  @Test func theLedgerHearsWho() throws {
    let town = try Self.town()
    let ledger = SlowLedger()
    let engine = try TocsinEngine(map: town.testEngine().engine.map, profiles: TestProfiles.all, ledger: ledger)
    let origin = ChangeOrigin(actor: "kim", peer: "unix:pid=1", method: "PutHospitals")
    _ = try engine.putHospitals(HospitalsPut([Self.hospital("C", at: "C", in: town)]), by: origin)
    let batch = try #require(ledger.batches.last)
    #expect(batch.origin == origin && batch.changes.map(\.key.kind) == [.hospital])
  }
}
