import API
import Foundation
import Ledger

/// Hospitals that are kept: put, told of, removed.
extension TocsinEngine {
  public func putHospitals(
    _ request: HospitalsPut, by origin: ChangeOrigin
  ) throws(EngineError) -> HospitalChangesAnswer {
    try Validation.atMost(
      limits.hospitalsMax, "limits.hospitals", request.hospitals.count, "too many hospitals in one call")
    let moment = now()
    for hospital in request.hospitals { try Validation.hospital(hospital, at: moment, limits) }
    try Validation.unique(request.hospitals.map(\.id), .invalidHospital)
    if let source = request.completeSource { try Validation.id(source, .invalidHospital) }
    let clock = ReportClock(now: moment, limits)
    let hospitals = request.hospitals.map { hospital in
      var hospital = hospital
      if let source = request.completeSource, hospital.source.isEmpty { hospital.source = source }
      return hospital
    }
    return try changeHospitals(by: origin) { [limits] roster, drafted, answer throws(EngineError) in
      for hospital in hospitals {
        try drafted.enter(clock.outcome(of: hospital, on: roster[hospital.id]), &roster, &answer)
      }
      if let source = request.completeSource {
        let named = Set(hospitals.map(\.id))
        let gone = roster.sorted.filter { $0.source == source && !named.contains($0.id) }.map(\.id)
        for id in gone { roster.remove(id) }
        drafted.changes += gone.map { .remove(.hospital($0)) }
        answer.removedIDs = gone
      }
      try Validation.atMost(limits.hospitalsMax, "limits.hospitals", roster.count, "too many hospitals")
    }
  }

  public func setHospitalStates(
    _ reports: [HospitalReport], by origin: ChangeOrigin
  ) throws(EngineError) -> HospitalChangesAnswer {
    try Validation.atMost(limits.hospitalsMax, "limits.hospitals", reports.count, "too many reports in one call")
    let moment = now()
    for report in reports { try Validation.hospitalReport(report, at: moment, limits) }
    try Validation.unique(reports.map(\.id), .invalidHospital)
    let clock = ReportClock(now: moment, limits)
    return try changeHospitals(by: origin) { roster, drafted, answer throws(EngineError) in
      for report in reports {
        guard let known = roster[report.id] else { throw .unknownHospital(report.id) }
        try drafted.enter(clock.outcome(of: report, on: known), &roster, &answer)
      }
    }
  }

  public func removeHospitals(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> HospitalChangesAnswer {
    let ids = ids.composed
    try Validation.unique(ids, .invalidHospital)
    return try changeHospitals(by: origin) { roster, drafted, answer throws(EngineError) in
      if let id = roster.unknown(among: ids) { throw .unknownHospital(id) }
      for id in ids { roster.remove(id) }
      drafted.changes = ids.map { .remove(.hospital($0)) }
      answer.count = ids.count
    }
  }

  public func listHospitals(within limit: WorkLimit) throws(EngineError) -> ListHospitalsAnswer {
    let state = currentState()
    let hospitals = state.hospitals.sorted
    let snapped = try snappedPlaces(hospitals.map(\.place), hospitalSites, in: state, within: limit)
    return ListHospitalsAnswer(
      version: state.snapshot.version, hospitals: zip(hospitals, snapped).map { ListedHospital($0, snapped: $1) })
  }

  /// Where places lie on the road: that of the first profile, by name, that has one near.
  func snappedPlaces(
    _ places: [Place], _ cache: SiteCache, in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> [SnappedPlace?] {
    var snapped = [SnappedPlace?](repeating: nil, count: places.count)
    for name in profileNames where snapped.contains(nil) {
      let profile = try profileSnapshot(name, of: state.snapshot)
      let found = try cache.sites(of: places, for: profile, in: state, sites, within: limit)
      for (number, place) in found.enumerated() where snapped[number] == nil {
        snapped[number] = place.site.map { sites.snappedPlace($0.candidates[0]) }
      }
    }
    return snapped
  }

  private func changeHospitals(
    by origin: ChangeOrigin,
    _ body:
      @escaping @Sendable (inout Roster<Hospital>, inout DraftedChange, inout HospitalChangesAnswer)
      throws(EngineError) -> Void
  ) throws(EngineError) -> HospitalChangesAnswer {
    let committed = try change(by: origin) { draft, _ throws(EngineError) in
      var (drafted, answer) = (DraftedChange(), HospitalChangesAnswer(version: 0, count: 0))
      try body(&draft.hospitals, &drafted, &answer)
      drafted.hospitals = answer
      return drafted
    }
    var answer = committed.change.hospitals ?? HospitalChangesAnswer(version: 0, count: 0)
    answer.version = committed.version
    return answer
  }
}

extension DraftedChange {
  /// Takes a hospital as it becomes.
  fileprivate mutating func enter(
    _ outcome: (hospital: Hospital, isOlder: Bool), _ roster: inout Roster<Hospital>,
    _ answer: inout HospitalChangesAnswer
  ) throws(EngineError) {
    let hospital = outcome.hospital
    answer.count += 1
    if outcome.isOlder { answer.olderStateCount += 1 }
    if roster[hospital.id] == hospital {
      answer.unchangedCount += 1
      return
    }
    changes.append(.put(.hospital(hospital.id), try hospital.ledgerData()))
    roster.put(hospital)
  }
}

extension ReportClock {
  /// What a hospital that is put becomes: its states go by their time, all else is as it is put.
  fileprivate func outcome(of put: Hospital, on known: Hospital?) -> (hospital: Hospital, isOlder: Bool) {
    var hospital = put
    guard put.reportedAt != nil || !put.states.isEmpty else {
      (hospital.states, hospital.reportedAt) = (known?.states ?? [], known?.reportedAt)
      return (hospital, false)
    }
    let reportedAt = time(put.reportedAt, after: known?.reportedAt)
    hospital.reportedAt = reportedAt
    guard let known, isOlder(reportedAt, than: known.reportedAt) else { return (hospital, false) }
    (hospital.states, hospital.reportedAt) = (known.states, known.reportedAt)
    return (hospital, true)
  }

  fileprivate func outcome(of report: HospitalReport, on known: Hospital) -> (hospital: Hospital, isOlder: Bool) {
    var told = known
    (told.states, told.reportedAt) = (report.states, time(report.reportedAt, after: known.reportedAt))
    return outcome(of: told, on: known)
  }
}

extension EngineError {
  fileprivate static func unknownHospital(_ id: String) -> EngineError {
    EngineError(.unknownHospital, "no hospital has this id", value: id)
  }
}
