import API
import Foundation
import Ledger

/// Response plans: checked before the change has its turn, then put or removed in a draft.
extension TocsinEngine {
  public func putPlans(_ request: PlansRequest, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> PlansAnswer
  {
    let request = try checked(request)
    let ground = try checkChoices(request.choices?.choices, on: currentState().layers, within: limit)
    let committed = try change(by: origin, within: limit) { [self] draft, _ throws(EngineError) in
      try enter(request, into: &draft, checkedOn: ground)
    }
    return answer(committed.version, committed.change)
  }

  public func previewPlans(_ request: PlansRequest, within limit: WorkLimit) throws(EngineError) -> PlansAnswer {
    let request = try checked(request)
    let state = currentState()
    let ground = try checkChoices(request.choices?.choices, on: state.layers, within: limit)
    var draft = StateDraft(state)
    return answer(state.snapshot.version, try enter(request, into: &draft, checkedOn: ground))
  }

  public func removePlans(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> PlansAnswer {
    let ids = ids.composed
    try Validation.unique(ids, .invalidPlan)
    let committed = try change(by: origin) { draft, _ throws(EngineError) in
      for id in ids { _ = try draft.plans.plan(id) }
      if let number = draft.plans.choices.choices.firstIndex(where: { ids.contains($0.planID) }) {
        throw EngineError(
          .inUse, "choice \(number + 1) names the plan: put other choices first",
          value: draft.plans.choices.choices[number].planID)
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
    return request
  }

  /// Checks choices on layers, which may take a while, and returns what the check stood on.
  func checkChoices(
    _ choices: [PlanChoice]?, on layers: LayerShelf, within limit: WorkLimit
  ) throws(EngineError) -> ChoiceCheck.Ground? {
    guard let choices else { return nil }
    let check = ChoiceCheck(choices, layers, by: map.network.clock, at: now(), within: limit)
    try check.run()
    return check.ground
  }

  /// Checks choices again if the ground of an earlier check has changed.
  func checkChoices(
    _ choices: [PlanChoice], on layers: LayerShelf, unless ground: ChoiceCheck.Ground?
  ) throws(EngineError) {
    let check = ChoiceCheck(choices, layers, by: map.network.clock, at: now(), within: .none)
    if check.ground != ground { try check.run() }
  }

  /// Puts plans and choices into a draft, all or none.
  private func enter(
    _ request: PlansRequest, into draft: inout StateDraft, checkedOn ground: ChoiceCheck.Ground?
  ) throws(EngineError) -> DraftedChange {
    var drafted = DraftedChange()
    var answer = PlansAnswer(version: 0, count: request.plans.count)
    var book = draft.plans
    for var plan in request.plans {
      let known = book.plans[plan.id]
      try Validation.revision(plan.revision, known: known?.revision, of: "plan \(plan.id)")
      plan.revision = known?.revision ?? 0
      if let known, known == plan {
        answer.unchangedCount += 1
      } else {
        plan.revision += 1
        book.put(plan)
        drafted.changes.append(.put(.plan(plan.id), try plan.ledgerData()))
      }
      answer.revisions.append(plan.revision)
    }
    try Validation.atMost(limits.plansMax, "limits.plans", book.plans.count, "too many plans")
    if let choices = request.choices {
      try enter(choices, into: &book, &drafted)
      try checkChoices(choices.choices, on: draft.layers, unless: ground)
    }
    answer.choicesRevision = book.choices.revision
    draft.plans = book
    drafted.plans = answer
    return drafted
  }

  private func enter(
    _ choices: PlanChoices, into book: inout PlanBook, _ drafted: inout DraftedChange
  ) throws(EngineError) {
    try Validation.revision(choices.revision, known: book.choices.revision, of: "what chooses plans")
    for (number, choice) in choices.choices.enumerated() where book.plans[choice.planID] == nil {
      throw EngineError(.unknownPlan, "choice \(number + 1): no plan has this id", value: choice.planID)
    }
    if choices.choices == book.choices.choices { return }
    let next = PlanChoices(choices.choices, revision: book.choices.revision + 1)
    book.put(next)
    drafted.changes.append(.put(.choices, try next.ledgerData()))
  }

  private func answer(_ version: UInt64, _ change: DraftedChange) -> PlansAnswer {
    var answer = change.plans ?? PlansAnswer(version: version, count: 0)
    answer.version = version
    return answer
  }
}
