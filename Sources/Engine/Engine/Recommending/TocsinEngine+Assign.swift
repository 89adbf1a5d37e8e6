import API
import Dispatching
import Foundation
import Traffic

/// Who should go to which of several incidents: when units come to each, a choice over all, and the ways of those who
/// go.
extension TocsinEngine {
  public func assign(_ request: AssignRequest, within limit: WorkLimit) throws(EngineError) -> AssignAnswer {
    try Validation.assign(request, limits)
    return try withTraffic(of: request.whatIf, within: limit) { state throws(EngineError) in
      try assigned(request, in: state, within: limit)
    }
  }

  private func assigned(
    _ request: AssignRequest, in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> AssignAnswer {
    let moment = now()
    let cards = try request.incidents.map { need throws(EngineError) in
      try naming(need) { () throws(EngineError) in
        try RunCard(need.wanted, level: need.level, at: need.place, in: state, moment)
      }
    }
    let wishes = try wishes(of: request, cards, in: state)
    let placeCount = wishes.flatMap(\.lines).reduce(0) { $0 + $1.count }
    try Validation.atMost(Limits.assignedPlacesMax, "assigned_places", placeCount, "too many places")
    let muster = try muster(for: wishes, request.units, request.keep, in: state, at: moment, within: limit)
    let scenes = request.incidents.map { IncidentScene($0.place, request.reach, request.units) }
    let comers = try request.incidents.indices.map { number throws(EngineError) in
      try naming(request.incidents[number]) { () throws(EngineError) in
        try withArrivals(at: scenes[number], for: muster, in: state, within: limit) { finder, _ throws(EngineError) in
          try Comers(
            muster, for: wishes[number], keep: request.keep, besides: placeCount + request.explainCount, finder,
            within: limit)
        }
      }
    }
    var question = ForceChoice.Question(
      wishes,
      responders: muster.mayGo.indices.compactMap { index in
        let arrivals = comers.map { $0.arrivals[index] }
        return arrivals.allSatisfy { $0 == nil } ? nil : Responder(muster.mayGo[index].unit, arrivals: arrivals)
      })
    question.keep = request.keep
    try limit.check()
    let assignment = IncidentAssignment(
      question, priorities: request.incidents.map(\.priority), objective: request.objective.objective)
    let terms = AnswerTerms(explainCount: request.explainCount, detail: request.detail)
    let incidents = try request.incidents.indices.map { number throws(EngineError) in
      let question = Question(wish: wishes[number], muster: muster, moment: moment, terms: terms)
      let answer = try withArrivals(at: scenes[number], for: muster, in: state, within: limit) {
        (finder, incident) throws(EngineError) -> RecommendAnswer in
        let decision = Decision(assignment.choice, for: number, of: question, comers[number], finder)
        var answer = RecommendAnswer(version: state.snapshot.version, incident: incident)
        RecommendationWriter(
          engine: self, question: question, decision: decision, finder: finder,
          incidentIDs: request.incidents.map(\.id)
        ).write(to: &answer)
        cards[number].write(to: &answer)
        try addSides(to: &answer, question, decision, finder, at: scenes[number], in: state, within: limit)
        return answer
      }
      return assigned(answer, request.incidents[number].id, assignment.oneByOne.forces[number])
    }
    return AssignAnswer(
      version: state.snapshot.version, incidents: incidents, totals: AssignTotals(assignment.choice.forces),
      oneByOne: AssignTotals(assignment.oneByOne.forces))
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
