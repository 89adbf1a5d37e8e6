import API
import Dispatching
import Fleet
import Foundation
import Hierarchy
import Traffic

/// Who should go to an incident: one search from it for each profile, the units that matter, and a choice among them.
extension TocsinEngine {
  public func recommend(_ request: RecommendRequest, within limit: WorkLimit) throws(EngineError) -> RecommendAnswer {
    try Validation.recommend(request, limits)
    return try withTraffic(of: request.whatIf, at: request.departAt, within: limit) { state throws(EngineError) in
      try recommended(request, in: state, within: limit).answer
    }
  }

  /// Who should go, and what was wanted.
  func recommended(
    _ request: RecommendRequest, in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> (answer: RecommendAnswer, wish: Wish) {
    let moment = now()
    let card = try RunCard(request.wanted, level: request.level, at: request.incident, in: state, moment)
    var wish = card.wish
    wish.committedIDs = try committed(request.committedIDs, at: request.incidentID, of: state.fleet)
    wish.wantedIDs = try wanted(request.wantedIDs, for: wish, of: state.fleet)
    let muster = try muster(for: [wish], request.units, request.keep, in: state, at: moment, within: limit)
    let terms = AnswerTerms(
      explainCount: request.explainCount, detail: request.detail,
      layers: try state.layers.asked(request.detail.layers), handlingSeconds: request.handlingSeconds)
    let question = Question(wish: wish, muster: muster, moment: moment, terms: terms)
    let scene = IncidentScene(request.incident, request.reach, request.units)
    let answer = try withArrivals(at: scene, for: muster, in: state, within: limit) {
      (finder, incident) throws(EngineError) -> RecommendAnswer in
      let comers = try Comers(
        muster, for: wish, keep: request.keep, besides: request.explainCount, finder, within: limit)
      let responders = zip(muster.mayGo, comers.arrivals).compactMap { entry, arrival in
        arrival.map { Responder(entry.unit, at: $0) }
      }
      let choice = ForceChoice(wish, responders: responders, keep: request.keep)
      let decision = Decision(choice, for: 0, of: question, comers, finder)
      var answer = RecommendAnswer(version: state.snapshot.version, incident: incident)
      answer.basis = state.basis
      RecommendationWriter(engine: self, question: question, decision: decision, finder: finder).write(to: &answer)
      card.write(to: &answer)
      try addSides(to: &answer, question, decision, finder, at: scene, in: state, within: limit)
      if let strips = request.strips {
        try addStrips(strips, to: &answer, question, in: state, within: limit)
      }
      if let search = request.diversions {
        let calls = DiversionFinder(
          engine: self, state: state, filter: request.units, keep: request.keep, moment: moment, limit: limit)
        answer.diversions = try calls.diversions(
          for: decision, of: question, finder, DiversionRule(search, priority: search.priority),
          incidentID: request.incidentID)
      }
      return answer
    }
    return (answer, wish)
  }

  /// What is asked of one incident, with all that is known before any search.
  struct Question {
    var wish: Wish
    var muster: Muster
    var moment: Date
    var terms: AnswerTerms
  }

  /// - Throws: `UNKNOWN_UNIT`.
  func committed(
    _ ids: [String], at incidentID: String, of fleet: FleetRegister
  ) throws(EngineError) -> [String] {
    for id in ids where fleet[id] == nil { throw EngineError(.unknownUnit, "no unit has this id", value: id) }
    if incidentID.isEmpty { return ids }
    let atIt = fleet.byProfile.flatMap(\.columns.units).map(\.unit).filter { $0.task?.incidentID == incidentID }
    return ids + atIt.map(\.id).filter { !ids.contains($0) }.sorted()
  }

  /// - Throws: `UNKNOWN_UNIT`, `FITS_NO_LINE`.
  private func wanted(_ ids: [String], for wish: Wish, of fleet: FleetRegister) throws(EngineError) -> [String] {
    let ids = ids.filter { !wish.committedIDs.contains($0) }
    for id in ids {
      guard let unit = fleet[id]?.unit else {
        throw EngineError(.unknownUnit, "no unit has this id", value: id)
      }
      if !wish.fits(unit) {
        throw EngineError(.fitsNoLine, "the unit that is wanted fits no line", value: id)
      }
    }
    return ids
  }

  /// The fleet, sorted for some wishes.
  func muster(
    for wishes: [Wish], _ filter: UnitFilter, _ keep: [KeepRule], in state: EngineState, at moment: Date,
    within limit: WorkLimit
  ) throws(EngineError) -> Muster {
    try Muster(
      state.fleet, filter, boundIDs: Set(wishes.flatMap { $0.committedIDs + $0.wantedIDs }), in: state.snapshot, sites,
      at: moment, within: limit
    ) { unit in wishes.contains { $0.wants(unit) } || keep.contains { $0.counts(unit) } }
  }

  /// Calls `body` with searches from a place, one for each profile of a unit that may matter.
  ///
  /// - Throws: `OFF_MAP`, and what `body` throws.
  func withArrivals<Answer>(
    at scene: IncidentScene, for muster: Muster, and others: [Muster.Entry] = [], in state: EngineState,
    within limit: WorkLimit, _ body: (ArrivalFinder, SnappedPlace) throws(EngineError) -> Answer
  ) throws(EngineError) -> Answer {
    let ranking = scene.ranking
    var scene = Scene(ranking)
    let incident = try nearestRoad(to: &scene, in: state.snapshot)
    let profiles = Set((muster.mayGo + muster.busy + others).map(\.unit.profile)).sorted()
    return try manyToOne.withWorkspaces(profiles.count) { searches throws(EngineError) in
      var approaches: [String: UnitApproach] = [:]
      for (name, search) in zip(profiles, searches) {
        try limit.check()
        let profile = try profileSnapshot(name, of: state.snapshot)
        guard let site = scene.site(of: profile, with: sites) else { continue }
        approaches[name] = UnitApproach(profile, to: site, with: search, within: limit)
      }
      return try body(ArrivalFinder(approaches, ranking), incident)
    }
  }

  /// On a divided road: what it would take if all came along one side. Crews on both sides of a barrier are for a
  /// person to decide.
  func addSides(
    to answer: inout RecommendAnswer, _ question: Question, _ decision: Decision, _ finder: ArrivalFinder,
    at scene: IncidentScene, in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) {
    guard scene.place.headingDegrees == nil else { return }
    let sides = decision.sides(finder)
    guard sides.count > 1 else { return }
    answer.isSplit = true
    let goers = decision.goers
    var best: Int64?
    for heading in sides {
      var side = scene
      side.place.headingDegrees = heading
      let latest = try withArrivals(at: side, for: question.muster, in: state, within: limit) {
        (other, _) throws(EngineError) -> Int64? in
        let times = goers.map { try? other.arrival(of: $0).get().etaMilliseconds }
        return times.contains(nil) ? nil : times.compactMap(\.self).max()
      }
      if let latest { best = min(best ?? latest, latest) }
    }
    answer.singleSideCompleteSeconds = best.map { Double($0) / 1000 }
  }
}

/// What an answer tells of units.
struct AnswerTerms {
  var explainCount = 0
  var detail: RouteDetail = []
  /// Those that the detail names.
  var layers: [KeptLayer] = []
  /// From the call to the alarm.
  var handlingSeconds: Double?
}

/// Where an incident is, and how far units drive to it.
struct IncidentScene {
  var place: Place
  private let reach: SnapReach
  private let travelSecondsMax: Double?

  init(_ place: Place, _ reach: SnapReach, _ filter: UnitFilter) {
    (self.place, self.reach, travelSecondsMax) = (place, reach, filter.travelSecondsMax)
  }

  fileprivate var ranking: FastestUnitsRequest {
    var ranking = FastestUnitsRequest(incident: place, count: 1)
    (ranking.reach, ranking.travelSecondsMax) = (reach, travelSecondsMax)
    return ranking
  }
}

/// The plan for an incident, and the level that is wanted.
struct RunCard {
  /// `nil` for lines without a plan.
  private let plan: ResponsePlan?
  private let level: Int
  private let levels: [PlanLevel]

  /// - Throws: `NO_PLAN`, `UNKNOWN_PLAN`, `UNKNOWN_LEVEL`.
  init(
    _ wanted: RecommendRequest.Wanted, level: Int, at place: Place, in state: EngineState, _ moment: Date
  ) throws(EngineError) {
    let level = max(level, 1)
    let plan: ResponsePlan
    switch wanted {
    case .incidentType(let type): plan = try state.plan(for: type, at: place.coordinate, moment: moment)
    case .plan(let id): plan = try state.plan(id: id)
    case .lines(let lines):
      guard level == 1 else {
        throw EngineError(.unknownLevel, "lines without a plan are one level", value: "\(level)")
      }
      (self.plan, self.level, levels) = (nil, level, [lines])
      return
    }
    levels = try Validation.levels(upTo: level, of: plan)
    (self.plan, self.level) = (plan, level)
  }

  /// What the plan wants, without any units of the moment.
  var wish: Wish {
    var wish = Wish(levels)
    if let plan {
      (wish.agencies, wish.stationOrder) = (plan.agencies, plan.stationOrder)
      wish.tie = TieRule(milliseconds: Int64((plan.tieSeconds * 1000).rounded()))
    }
    return wish
  }

  func write(to answer: inout RecommendAnswer) {
    (answer.planID, answer.planName, answer.level) = (plan?.id ?? "", plan?.name ?? "", level)
  }
}
