import API
import Foundation
import Ledger

/// Response plans: worked out before the change has its turn, then put or removed in a draft.
extension TocsinEngine {
  public func putPlans(_ request: PlansRequest, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> PlansAnswer
  {
    let request = try checked(request)
    let committed = try changeAsPrepared(by: origin, within: limit) { [self] () throws(EngineError) in
      let put = try prepare(request, on: currentState(), within: limit)
      return { [limits] draft throws(EngineError) in try put.enter(&draft, limits) }
    }
    return answer(committed.version, committed.change)
  }

  public func previewPlans(_ request: PlansRequest, within limit: WorkLimit) throws(EngineError) -> PlansAnswer {
    let request = try checked(request)
    let state = currentState()
    var draft = StateDraft(state)
    return answer(state.snapshot.version, try prepare(request, on: state, within: limit).enter(&draft, limits))
  }

  public func removePlans(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> PlansAnswer {
    let ids = ids.composed
    try Validation.unique(ids, .invalidPlan)
    let committed = try change(by: origin) { draft, _ throws(EngineError) in
      for id in ids { _ = try draft.plans.plan(id) }
      if let id = ids.first(where: draft.plans.kept.planIDs.contains) {
        let number = draft.plans.choices.choices.firstIndex { $0.planID == id } ?? 0
        throw EngineError(.inUse, "choice \(number + 1) names the plan: put other choices first", value: id)
      }
      for id in ids { draft.plans.remove(id) }
      var answer = PlansAnswer(version: 0, count: ids.count)
      answer.choicesRevision = draft.plans.choices.revision
      return DraftedChange(changes: ids.map { .remove(.plan($0)) }, plans: answer)
    }
    return answer(committed.version, committed.change)
  }

  public func listPlans() -> ListPlansAnswer {
    let state = currentState()
    return ListPlansAnswer(
      version: state.snapshot.version, plans: state.plans.sorted, choices: state.plans.choices)
  }

  /// The request, its plans checked as far as each can be by itself.
  private func checked(_ request: PlansRequest) throws(EngineError) -> PlansRequest {
    try Validation.atMost(limits.plansMax, "limits.plans", request.plans.count, "too many plans in one call")
    for plan in request.plans { try Validation.plan(plan) }
    try Validation.unique(request.plans.map(\.id), .invalidPlan)
    guard let choices = request.choices else { return request }
    try Validation.atMost(
      limits.planChoicesMax, "limits.plan_choices", choices.choices.count, "too many choices")
    let bytes = choices.choices.reduce(0) { $0 + $1.byteCount }
    try Validation.atMost(Limits.planChoicesBytesMax, "plan_choices_bytes", bytes, "the choices are too long together")
    return request
  }

  /// Checks choices on layers, which may take a while.
  func checkChoices(
    _ choices: [PlanChoice], on layers: LayerShelf, within limit: WorkLimit
  ) throws(EngineError) -> ChoiceCheck.Ground {
    try ChoiceCheck(choices, layers, by: map.network.clock, at: now(), within: limit).run()
  }

  private func prepare(
    _ request: PlansRequest, on state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> PreparedPlans {
    let plans = try request.plans.map { plan throws(EngineError) in
      try limit.check()
      return try PreparedPlan(plan, in: state.plans)
    }
    guard let choices = request.choices else { return PreparedPlans(plans: plans, choices: nil) }
    let ground = try checkChoices(choices.choices, on: state.layers, within: limit)
    return PreparedPlans(plans: plans, choices: try PreparedChoices(choices, in: state.plans, checkedOn: ground))
  }

  private func answer(_ version: UInt64, _ change: DraftedChange) -> PlansAnswer {
    var answer = change.plans ?? PlansAnswer(version: version, count: 0)
    answer.version = version
    return answer
  }
}
