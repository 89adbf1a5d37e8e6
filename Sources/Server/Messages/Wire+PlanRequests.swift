import API
import CMessages

/// Plans and choices to put, or to look at what putting them would do.
public struct PutPlansRequest: WireValue, Hashable, Sendable {
  public var request: PlansRequest
  public var isDryRun: Bool

  public init(_ request: PlansRequest, isDryRun: Bool = false) {
    (self.request, self.isDryRun) = (request, isDryRun)
  }

  static let initialize = tocsin__v1__put_plans_request__init
  static func read(_ message: Tocsin__V1__PutPlansRequest) throws(CallStatus) -> PutPlansRequest {
    PutPlansRequest(
      PlansRequest(try .read(message.plans, message.n_plans), choices: try .optional(message.choices)),
      isDryRun: message.dry_run != 0)
  }

  func write(to message: inout Tocsin__V1__PutPlansRequest, in arena: MessageArena) {
    (message.n_plans, message.plans) = arena.messages(request.plans)
    if let choices = request.choices { message.choices = arena.message(choices) }
    message.dry_run = isDryRun ? 1 : 0
  }
}

/// Plans to remove.
public struct RemovePlansRequest: WireValue, Sendable {
  public var ids: [String]

  public init(_ ids: [String]) { self.ids = ids }

  static let initialize = tocsin__v1__remove_plans_request__init
  static func read(_ message: Tocsin__V1__RemovePlansRequest) throws(CallStatus) -> RemovePlansRequest {
    RemovePlansRequest(try .read(message.ids, message.n_ids, "ids"))
  }

  func write(to message: inout Tocsin__V1__RemovePlansRequest, in arena: MessageArena) {
    (message.n_ids, message.ids) = arena.texts(ids)
  }
}

extension PlansAnswer: WireValue {
  static let initialize = tocsin__v1__plans_answer__init
  static func read(_ message: Tocsin__V1__PlansAnswer) throws(CallStatus) -> PlansAnswer {
    var answer = PlansAnswer(version: message.version, count: Int(message.count))
    answer.unchangedCount = Int(message.unchanged_count)
    answer.revisions = Array(UnsafeBufferPointer(start: message.revisions, count: message.n_revisions))
    answer.choicesRevision = message.choices_revision
    return answer
  }

  func write(to message: inout Tocsin__V1__PlansAnswer, in arena: MessageArena) {
    message.version = version
    message.count = UInt32(clamping: count)
    message.unchanged_count = UInt32(clamping: unchangedCount)
    (message.n_revisions, message.revisions) = arena.column(revisions)
    message.choices_revision = choicesRevision
  }
}

extension ListPlansAnswer: WireValue {
  static let initialize = tocsin__v1__list_plans_answer__init
  static func read(_ message: Tocsin__V1__ListPlansAnswer) throws(CallStatus) -> ListPlansAnswer {
    ListPlansAnswer(
      version: message.version, plans: try .read(message.plans, message.n_plans),
      choices: try PlanChoices.optional(message.choices) ?? PlanChoices())
  }

  func write(to message: inout Tocsin__V1__ListPlansAnswer, in arena: MessageArena) {
    message.version = version
    (message.n_plans, message.plans) = arena.messages(plans)
    message.choices = arena.message(choices)
  }
}
