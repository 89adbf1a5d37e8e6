import API
import Engine
import Foundation
import TestSupport

/// Which of 214 hospitals takes a patient, with a unit that comes first.
struct HospitalsScenario {
  let world: World
  private static let hospitals = 214
  private static let calls = 1_000
  private static let checkedCalls = 20
  /// Of each capability: one hospital of this many has it.
  private static let capabilities = ["emergency": 1, "stroke": 4, "thrombectomy": 12]

  func run() throws -> [Measurement] {
    var random = world.random("hospitals")
    let engine = try world.engine()
    let now = Date()
    let hospitals = (0..<Self.hospitals).map { number in
      Hospital(
        id: "hospital \(number)", place: Place(world.randomPlace(&random)),
        capabilities: Self.capabilities.filter { number % $0.value == 0 }.map(\.key).sorted(),
        states: [HospitalState(number % 10 == 9 ? .diversion : .open)], reportedAt: now)
    }
    _ = try engine.putHospitals(HospitalsPut(hospitals), by: .local)
    let unit = ResponseUnit(
      id: "unit", profile: world.roads.profile.name, coordinate: world.randomPlace(&random), reportedAt: now)
    _ = try engine.putUnits([unit])
    let scenes = (0..<Self.calls).map { _ in Place(world.randomPlace(&random)) }
    return try ["emergency", "stroke"].map { need in
      let name = "hospitals for \(need), 5 of \(Self.hospitals)"
      for scene in scenes.prefix(Self.checkedCalls) { try check(scene, need, engine, hospitals, name) }
      return try Measurement(name, scenes) { try engine.hospitals(request($0, need)) }
    }
  }

  private func request(_ scene: Place, _ need: String) -> HospitalsRequest {
    var request = HospitalsRequest(scene: scene, carrier: .unit(id: "unit"))
    (request.capabilities, request.preferredCapabilities) = ([need], ["thrombectomy"])
    (request.onSceneSeconds, request.preferenceSecondsMax) = (720, 300)
    return request
  }

  /// Behind the preferred one they come in the order of their routes.
  private func check(
    _ scene: Place, _ need: String, _ engine: TocsinEngine, _ hospitals: [Hospital], _ name: String
  ) throws {
    var request = request(scene, need)
    request.preferredCapabilities = []
    let answer = try engine.hospitals(request)
    let seconds = hospitals.filter { $0.capabilities.contains(need) && $0.states[0].status == .open }.compactMap {
      hospital in
      try? engine.route(RouteRequest(places: [scene, hospital.place], profile: world.roads.profile.name)).route
    }.filter { !$0.needsLastResort }.map(\.travelSeconds).sorted()
    let found = answer.hospitals.filter { !$0.route.needsLastResort }.map(\.travelSeconds)
    try BenchFailure.check(
      found == Array(seconds.prefix(found.count)), name, "the drives are \(found), the routes \(seconds.prefix(5))")
  }
}

extension HospitalsAnswer: Summable {
  func add(to sum: inout Checksum) {
    for row in hospitals { sum.add(row.hospital.id) }
  }
}
