import API
import Foundation
import Ledger

/// A plan that waits for its turn.
struct PreparedPlan: Sendable {
  /// The one that it takes the place of, and whether that says the same.
  private let known: KeptPlan?
  private let isKnown: Bool
  /// The revision that its writer saw.
  private let seenRevision: UInt64
  private let next: KeptPlan
  private let change: LedgerChange?

  /// - Throws: `LEDGER_FAILED`.
  init(_ plan: ResponsePlan, in book: PlanBook) throws(EngineError) {
    known = book.plans[plan.id]
    seenRevision = plan.revision
    var plan = plan
    plan.revision = known?.plan.revision ?? 0
    isKnown = known?.plan == plan
    if !isKnown { plan.revision += 1 }
    next = KeptPlan(plan)
    change = isKnown ? nil : try .put(.plan(plan.id), data: plan.ledgerData(), revision: plan.revision)
  }

  /// Puts it into a book.
  ///
  /// - Throws: `STALE_REVISION`, `CHANGED_MEANWHILE`.
  fileprivate func enter(
    _ book: inout PlanBook, _ drafted: inout DraftedChange, _ answer: inout PlansAnswer
  ) throws(EngineError) {
    let plan = next.plan
    let now = book.plans[plan.id]
    try Validation.revision(seenRevision, known: now?.plan.revision, of: "plan \(plan.id)")
    guard now === known else { throw .changedMeanwhile(plan.id) }
    answer.revisions.append(plan.revision)
    guard let change else {
      answer.unchangedCount += 1
      return
    }
    book.put(next)
    drafted.changes.append(change)
  }
}

/// Choices that wait for their turn.
struct PreparedChoices: Sendable {
  /// Those that they take the place of.
  private let known: KeptChoices
  private let seenRevision: UInt64
  private let next: KeptChoices
  private let change: LedgerChange?
  private let ground: ChoiceCheck.Ground

  /// - Parameter ground: of the check that they have passed.
  /// - Throws: `LEDGER_FAILED`.
  init(_ choices: PlanChoices, in book: PlanBook, checkedOn ground: ChoiceCheck.Ground) throws(EngineError) {
    known = book.kept
    seenRevision = choices.revision
    self.ground = ground
    if choices.choices == known.choices.choices {
      (next, change) = (known, nil)
      return
    }
    let numbered = PlanChoices(choices.choices, revision: known.choices.revision + 1)
    next = KeptChoices(numbered, by: book.clock)
    change = try .put(.choices, data: numbered.ledgerData(), revision: numbered.revision)
  }

  /// Puts them into a book.
  ///
  /// - Throws: `STALE_REVISION`, `UNKNOWN_PLAN`, `CHANGED_MEANWHILE`.
  fileprivate func enter(
    _ book: inout PlanBook, _ layers: LayerShelf, _ drafted: inout DraftedChange
  ) throws(EngineError) {
    try Validation.revision(seenRevision, known: book.choices.revision, of: "what chooses plans")
    if next.planIDs.contains(where: { book.plans[$0] == nil }),
      let (number, choice) = next.choices.choices.enumerated().first(where: { book.plans[$1.planID] == nil })
    {
      throw EngineError(.unknownPlan, "choice \(number + 1): no plan has this id", value: choice.planID)
    }
    guard book.kept === known, ground.isThere(in: layers) else { throw .changedMeanwhile("what chooses plans") }
    guard let change else { return }
    book.put(next)
    drafted.changes.append(change)
  }
}

/// A put of plans that waits for its turn.
struct PreparedPlans: Sendable {
  let plans: [PreparedPlan]
  let choices: PreparedChoices?

  /// Puts plans and choices into a draft, all or none. O(plans), and the plans that choices name.
  ///
  /// - Throws: `STALE_REVISION`, `UNKNOWN_PLAN`, `LIMIT_EXCEEDED`; `CHANGED_MEANWHILE` if what it was prepared on is no
  ///   longer there.
  func enter(_ draft: inout StateDraft, _ limits: EngineLimits) throws(EngineError) -> DraftedChange {
    var drafted = DraftedChange()
    var answer = PlansAnswer(version: 0, count: plans.count)
    var book = draft.plans
    for plan in plans { try plan.enter(&book, &drafted, &answer) }
    try Validation.atMost(limits.plansMax, "limits.plans", book.plans.count, "too many plans")
    try Validation.atMost(limits.planBytesMax, "limits.plans_bytes", book.byteCount, "the plans are too long together")
    try choices?.enter(&book, draft.layers, &drafted)
    answer.choicesRevision = book.choices.revision
    draft.plans = book
    drafted.plans = answer
    return drafted
  }
}

extension LedgerChange {
  /// A put whose value the trail has as well, unless it is too long to be kept again and again.
  ///
  /// - Throws: `LEDGER_FAILED`.
  fileprivate static func put(_ key: LedgerKey, data: Data, revision: UInt64) throws(EngineError) -> LedgerChange {
    if data.count <= Limits.planTrailBytesMax { return .put(key, data) }
    let note = PlanNote(revision: revision, bytes: data.count)
    return .put(key, data, trail: .note(try note.ledgerData()))
  }
}

/// What the audit trail says of a long plan, or of many choices.
private struct PlanNote: Codable {
  var revision: UInt64
  var bytes: Int
}
