import API
import Dispatching
import Fleet
import Foundation
import Geometry
import Hierarchy
import Traffic

/// Which hospital takes a patient: one search from the scene for each profile that may carry him, and a choice.
extension TocsinEngine {
  public func hospitals(_ request: HospitalsRequest, within limit: WorkLimit) throws(EngineError) -> HospitalsAnswer {
    try Validation.hospitals(request, profiles: profileNames, limits)
    return try withTraffic(of: request.whatIf, for: request.profile, within: limit) { state throws(EngineError) in
      if state.hospitals.count == 0 { throw EngineError(.noHospitals, "no hospital is known: put some first") }
      let moment = now()
      let carriers = try carriers(request, in: state, at: moment, within: limit)
      let hospitals = state.hospitals.sorted
      let legs = try hospitalLegs(request, carriers, to: hospitals, in: state, within: limit)
      let candidates = hospitals.map { legs.candidate($0) }
      let choice = HospitalChoice(request, candidates, at: moment)
      var answer = HospitalsAnswer(version: state.snapshot.version, scene: legs.scene)
      (answer.leftOut, answer.areAllDiverted) = (choice.leftOut, choice.areAllDiverted)
      for row in choice.listed {
        try limit.check()
        let hospital = candidates[row.candidate].hospital
        guard let carrier = legs.carrier(to: hospital) else { continue }
        answer.hospitals.append(
          try ranked(hospital, row, by: carrier, request, in: state, within: limit))
      }
      let first = answer.hospitals.first.flatMap { ranked in carriers.first { $0.unitID == ranked.unitID } }
      answer.unit = (first ?? carriers.first)?.unit
      return answer
    }
  }

  /// A hospital as the answer has it, with its route.
  private func ranked(
    _ hospital: Hospital, _ row: HospitalChoice.Listed, by carrier: PatientCarrier, _ request: HospitalsRequest,
    in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> RankedHospital {
    var way = RouteRequest(places: [request.scene, hospital.place], profile: carrier.profile)
    (way.detail, way.reach) = (request.detail, request.reach)
    let route = try routed(way, in: state, within: limit).answer.route
    var ranked = RankedHospital(
      hospital, status: row.status, stateAgeSeconds: row.stateAgeSeconds, route: route)
    ranked.arrivalSeconds = Double(row.way.arrivalMilliseconds) / 1000
    ranked.handoverSeconds = ranked.arrivalSeconds + hospital.offloadSeconds
    (ranked.unitID, ranked.isPreferred) = (carrier.unitID, row.isPreferred)
    ranked.extraSeconds = Double(row.extraMilliseconds) / 1000
    ranked.tooFarSeconds = row.tooFarMilliseconds.map { Double($0) / 1000 }
    return ranked
  }

  // MARK: Who carries the patient

  /// The vehicle that is at the scene, the unit that is named, or the first unit of each profile.
  private func carriers(
    _ request: HospitalsRequest, in state: EngineState, at moment: Date, within limit: WorkLimit
  ) throws(EngineError) -> [PatientCarrier] {
    switch request.carrier {
    case .profile(let name): return [PatientCarrier(profile: name, unit: nil)]
    case .unit(let id):
      let id = id.composed
      guard let unit = state.fleet[id]?.unit else {
        throw EngineError(.unknownUnit, "no unit has this id", value: id)
      }
      let muster = try Muster(
        state.fleet, UnitFilter(), boundIDs: [id], in: state.snapshot, sites, at: moment, within: limit
      ) { _ in false }
      let found = try carriers(request, UnitFilter(), of: muster, in: state, at: moment, within: limit)
      guard let carrier = found.first else {
        throw EngineError(.noRoute, "the unit can't come to the scene, by its profile \(unit.profile)", value: id)
      }
      return [carrier]
    case .units(let filter):
      let muster = try Muster(state.fleet, filter, in: state.snapshot, sites, at: moment, within: limit)
      let found = try carriers(request, filter, of: muster, in: state, at: moment, within: limit)
      if found.isEmpty {
        throw EngineError(.noRoute, "no unit can come to the scene", value: "\(request.scene.coordinate)")
      }
      return found
    }
  }

  /// Of each profile the unit that is at the scene first. O(units), and a way for each that may be the first.
  private func carriers(
    _ request: HospitalsRequest, _ filter: UnitFilter, of muster: Muster, in state: EngineState, at moment: Date,
    within limit: WorkLimit
  ) throws(EngineError) -> [PatientCarrier] {
    let scene = IncidentScene(request.scene, request.reach, filter)
    return try withArrivals(at: scene, for: muster, in: state, within: limit) {
      (finder, _) throws(EngineError) -> [PatientCarrier] in
      var firsts: [PatientCarrier] = []
      for (_, entries) in Dictionary(grouping: muster.mayGo, by: \.unit.profile).sorted(by: { $0.key < $1.key }) {
        guard let entry = try first(of: entries, finder, within: limit),
          let approach = finder.approach(of: entry.unit), let trip = finder.trip(of: entry, detail: request.detail)
        else { continue }
        var unit = rankedUnit(trip, approach, at: moment)
        (unit.unit, unit.isAssumed) = (entry.unit, entry.isAssumed)
        if entry.unit.isAt(request.scene) { (unit.etaSeconds, unit.turnoutSeconds) = (0, 0) }
        firsts.append(PatientCarrier(profile: entry.unit.profile, unit: unit))
      }
      return firsts
    }
  }

  private func first(
    of entries: [Muster.Entry], _ finder: ArrivalFinder, within limit: WorkLimit
  ) throws(EngineError) -> Muster.Entry? {
    let bounds = entries.compactMap { entry in
      (try? finder.bound(of: entry).get()).map { (entry: entry, bound: $0) }
    }.sorted { ($0.bound.key, $0.entry.unit.id) < ($1.bound.key, $1.entry.unit.id) }
    var best: (entry: Muster.Entry, arrival: Arrival)?
    for (entry, bound) in bounds {
      if let best, best.arrival.key < bound.key { break }
      try limit.check()
      guard let arrival = try? finder.arrival(of: entry).get() else { continue }
      if let best, (best.arrival.key, best.entry.unit.id) < (arrival.key, entry.unit.id) { continue }
      best = (entry, arrival)
    }
    return best?.entry
  }

  // MARK: From the scene

  /// The drives of each carrier from the scene to the hospitals that can do what is needed.
  private func hospitalLegs(
    _ request: HospitalsRequest, _ carriers: [PatientCarrier], to hospitals: [Hospital], in state: EngineState,
    within limit: WorkLimit
  ) throws(EngineError) -> HospitalLegs {
    let excluded = Set(request.excludedIDs)
    let meant = hospitals.filter { hospital in
      !excluded.contains(hospital.id) && request.capabilities.allSatisfy(hospital.capabilities.contains)
    }
    var legs: HospitalLegs?
    for carrier in carriers {
      let profile = try profileSnapshot(carrier.profile, of: state.snapshot)
      let scene = sites.matrixSites(request.scene, .origin, on: profile.roads, within: request.reach)
      guard let site = scene.site else {
        if carriers.count > 1 { continue }
        throw sites.offMap(request.scene, within: request.reach, on: [profile.roads])
      }
      let goals = try hospitalSites.sites(of: meant.map(\.place), for: profile, in: state, sites, within: limit)
      let search = MatrixSearch(
        rows: try MatrixSide([scene]) { site throws(EngineError) in MatrixRow(from: site, in: profile, within: limit) },
        columns: try MatrixSide(goals) { site throws(EngineError) in
          MatrixColumn(to: site, in: profile, within: limit)
        },
        snapshot: profile, limit: limit)
      let cells = try search.cells(by: manyToMany, unpackingWith: paths)
      var found = legs ?? HospitalLegs(scene: sites.snappedPlace(site.candidates[0]))
      for (number, hospital) in meant.enumerated() where goals[number].site != nil {
        found.add(cells[number], of: carrier, to: hospital, request)
      }
      legs = found
    }
    guard let legs else {
      throw EngineError(.offMap, "no unit can drive off at the scene", value: "\(request.scene.coordinate)")
    }
    return legs
  }
}

/// Who takes the patient, and from when on.
private struct PatientCarrier {
  var profile: String
  /// `nil` for a vehicle at the scene.
  var unit: RankedUnit?

  var unitID: String { unit?.unit.id ?? "" }
  /// Until the unit is at the scene.
  var leadMilliseconds: Int64 { Int64(((unit?.etaSeconds ?? 0) * 1000).rounded()) }
}

/// The best way to each hospital.
private struct HospitalLegs {
  let scene: SnappedPlace
  private var best: [String: (way: HospitalChoice.Way, carrier: PatientCarrier)] = [:]
  private var onMap: Set<String> = []

  init(scene: SnappedPlace) { self.scene = scene }

  mutating func add(
    _ cell: MatrixCell?, of carrier: PatientCarrier, to hospital: Hospital, _ request: HospitalsRequest
  ) {
    onMap.insert(hospital.id)
    guard let cell else { return }
    let onScene = Int64((request.onSceneSeconds * 1000).rounded())
    let way = HospitalChoice.Way(
      needsLastResort: cell.isLastResort || carrier.unit?.route.needsLastResort == true,
      arrivalMilliseconds: carrier.leadMilliseconds + onScene + Int64(cell.milliseconds),
      travelMilliseconds: Int64(cell.milliseconds))
    if let known = best[hospital.id], !(way < known.way) { return }
    best[hospital.id] = (way, carrier)
  }

  func carrier(to hospital: Hospital) -> PatientCarrier? { best[hospital.id]?.carrier }

  /// Of a hospital that was not looked at nobody asks for its way.
  func candidate(_ hospital: Hospital) -> HospitalChoice.Candidate {
    HospitalChoice.Candidate(hospital, way: best[hospital.id]?.way, isOnMap: onMap.contains(hospital.id))
  }
}

extension HospitalsRequest {
  /// The one profile that is asked for; `nil` for those of units.
  fileprivate var profile: String? {
    if case .profile(let name) = carrier { name } else { nil }
  }
}

extension ResponseUnit {
  /// How far from a scene a unit that is on scene is there.
  private static let thereMeters = 200.0

  /// True if it waits with the patient already.
  fileprivate func isAt(_ scene: Place) -> Bool {
    status == .onScene && coordinate.distanceMeters(to: scene.coordinate) <= Self.thereMeters
  }
}

extension Arrival {
  /// Who comes by a last resort comes behind all others.
  fileprivate struct Key: Comparable {
    let needsLastResort: Bool
    let etaMilliseconds: Int64

    static func < (one: Key, other: Key) -> Bool {
      one.needsLastResort != other.needsLastResort ? other.needsLastResort : one.etaMilliseconds < other.etaMilliseconds
    }
  }

  fileprivate var key: Key { Key(needsLastResort: needsLastResort, etaMilliseconds: etaMilliseconds) }
}
