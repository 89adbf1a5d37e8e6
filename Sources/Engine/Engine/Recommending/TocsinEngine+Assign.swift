import API
import Dispatching
import Foundation
import Traffic

/// Who should go to which of several incidents: when units come to each, a choice over all, and the ways of those who
/// go.
extension TocsinEngine {
  public func assign(_ request: AssignRequest, within limit: WorkLimit) throws(EngineError) -> AssignAnswer {
    try Validation.assign(request, limits)
    return try withTraffic(of: request.whatIf, at: request.departAt, within: limit) { state throws(EngineError) in
      try assigned(request, in: state, within: limit)
    }
  }

  private func assigned(
    _ request: AssignRequest, in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> AssignAnswer {
    let incidents = try incidents(of: request, in: state, within: limit)
    var swaps = request.diversions.map { _ in SwapFinder(incidents.muster, incidents.wishes) }
    let comers = try comers(to: incidents, &swaps, in: state, within: limit)
    try limit.check()
    let assignment = IncidentAssignment(
      incidents.question(comers), priorities: request.incidents.map(\.priority),
      objective: request.objective.objective)
    swaps?.decide(assignment.choice)
    var answer = AssignAnswer(
      version: state.snapshot.version, incidents: [], totals: AssignTotals(assignment.choice.forces),
      oneByOne: AssignTotals(assignment.oneByOne.forces))
    answer.basis = state.basis
    for number in request.incidents.indices {
      let recommended = try recommended(
        number, of: incidents, comers[number], assignment, &swaps, in: state, within: limit)
      answer.incidents.append(
        assigned(recommended, request.incidents[number].id, assignment.oneByOne.forces[number]))
    }
    answer.swaps = swaps?.swaps(request.incidents, incidents.wishes) ?? []
    return answer
  }

  /// Several incidents, with all that is known before any search.
  private struct Incidents {
    var request: AssignRequest
    var cards: [RunCard]
    var wishes: [Wish]
    var muster: Muster
    var scenes: [IncidentScene]
    var moment: Date

    /// Of all incidents.
    var placeCount: Int { wishes.flatMap(\.lines).reduce(0) { $0 + $1.count } }

    func question(_ comers: [Comers]) -> ForceChoice.Question {
      var question = ForceChoice.Question(
        wishes,
        responders: muster.mayGo.indices.compactMap { index in
          let arrivals = comers.map { $0.arrivals[index] }
          return arrivals.allSatisfy { $0 == nil } ? nil : Responder(muster.mayGo[index].unit, arrivals: arrivals)
        })
      question.keep = request.keep
      return question
    }
  }

  private func incidents(
    of request: AssignRequest, in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> Incidents {
    let moment = now()
    let cards = try request.incidents.map { need throws(EngineError) in
      try naming(need) { () throws(EngineError) in
        try RunCard(need.wanted, level: need.level, at: need.place, in: state, moment)
      }
    }
    let wishes = try wishes(of: request, cards, in: state)
    let incidents = Incidents(
      request: request, cards: cards, wishes: wishes,
      muster: try muster(for: wishes, request.units, request.keep, in: state, at: moment, within: limit),
      scenes: request.incidents.map { IncidentScene($0.place, request.reach, request.units) }, moment: moment)
    try Validation.atMost(
      Limits.assignedPlacesMax, "assigned_places", incidents.placeCount, "too many places")
    return incidents
  }

  /// When units come to each of the incidents.
  private func comers(
    to incidents: Incidents, _ swaps: inout SwapFinder?, in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> [Comers] {
    let (request, muster) = (incidents.request, incidents.muster)
    var found: [Comers] = []
    for (number, need) in request.incidents.enumerated() {
      let comers = try naming(need) { () throws(EngineError) in
        try withArrivals(at: incidents.scenes[number], for: muster, in: state, within: limit) {
          (finder, _) throws(EngineError) -> Comers in
          try swaps?.look(finder, within: limit)
          return try Comers(
            muster, for: incidents.wishes[number], keep: request.keep,
            besides: request.explainCount, rivals: incidents.placeCount, finder, within: limit)
        }
      }
      found.append(comers)
    }
    return found
  }

  /// What was decided for one of the incidents.
  private func recommended(
    _ number: Int, of incidents: Incidents, _ comers: Comers, _ assignment: IncidentAssignment,
    _ swaps: inout SwapFinder?, in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> RecommendAnswer {
    let (request, moment) = (incidents.request, incidents.moment)
    let question = Question(
      wish: incidents.wishes[number], muster: incidents.muster, moment: moment,
      terms: AnswerTerms(
        explainCount: request.explainCount, detail: request.detail,
        layers: try state.layers.asked(request.detail.layers)))
    return try withArrivals(at: incidents.scenes[number], for: incidents.muster, in: state, within: limit) {
      (finder, incident) throws(EngineError) -> RecommendAnswer in
      let decision = Decision(assignment.choice, for: number, of: question, comers, finder)
      var answer = RecommendAnswer(version: state.snapshot.version, incident: incident)
      RecommendationWriter(
        engine: self, question: question, decision: decision, finder: finder, incidentIDs: request.incidents.map(\.id)
      ).write(to: &answer)
      incidents.cards[number].write(to: &answer)
      try addSides(to: &answer, question, decision, finder, at: incidents.scenes[number], in: state, within: limit)
      swaps?.note(self, finder, at: number, moment)
      if let search = request.diversions {
        let need = request.incidents[number]
        answer.diversions = try DiversionFinder(
          engine: self, state: state, filter: request.units, keep: request.keep, moment: moment, limit: limit
        ).diversions(
          for: decision, of: question, finder, DiversionRule(search, priority: need.priority), incidentID: need.id)
      }
      return answer
    }
  }

  private func wishes(
    of request: AssignRequest, _ cards: [RunCard], in state: EngineState
  ) throws(EngineError) -> [Wish] {
    let ruled = Set(request.agencies.map(\.agency))
    var taken: Set<String> = []
    return try zip(request.incidents, cards).map { need, card throws(EngineError) in
      var wish = card.wish
      wish.agencies = request.agencies + wish.agencies.filter { !ruled.contains($0.agency) }
      // A unit whose task is one incident and that is named for another is where it is named.
      let named = Set(request.incidents.filter { $0.id != need.id }.flatMap(\.committedIDs))
      wish.committedIDs = try naming(need) { () throws(EngineError) in
        try committed(need.committedIDs, at: need.id, of: state.fleet)
      }.filter { !named.contains($0) && taken.insert($0).inserted }
      return wish
    }
  }

  private func naming<Value>(
    _ need: IncidentNeed, _ body: () throws(EngineError) -> Value
  ) throws(EngineError) -> Value {
    do throws(EngineError) {
      return try body()
    } catch {
      throw EngineError(error.code, "incident \(need.id): \(error.message)", value: error.value)
    }
  }

  private func assigned(_ answer: RecommendAnswer, _ id: String, _ oneByOne: Force) -> AssignedIncident {
    func change(_ now: Double?, _ before: Int64?) -> Double? {
      guard let now, let before else { return nil }
      return ((now - Double(before) / 1000) * 1000).rounded() / 1000
    }
    return AssignedIncident(
      id, answer, firstChangeSeconds: change(answer.firstSeconds, oneByOne.firstMilliseconds),
      completeChangeSeconds: change(answer.completeSeconds, oneByOne.completeMilliseconds))
  }
}

extension AssignObjective {
  fileprivate var objective: IncidentAssignment.Objective {
    switch self {
    case .oneByOne: .oneByOne
    case .fastestTotal: .fastestTotal
    case .fairest: .fairest
    }
  }
}

extension AssignTotals {
  fileprivate init(_ forces: [Force]) {
    let totals = ForceTotals(forces)
    self.init(
      unitCount: totals.unitCount, openCount: totals.openCount,
      totalSeconds: Double(totals.sumMilliseconds) / 1000,
      latestSeconds: totals.latestMilliseconds.map { Double($0) / 1000 })
  }
}
