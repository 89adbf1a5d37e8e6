/// Which plan holds for what, where and when.
///
/// The most specific choice that holds counts: one that names a type before one that doesn't, then one that names an
/// area, then one that names hours.
public struct PlanChoice: Hashable, Codable, Sendable {
  /// Such as `house-fire`; empty is every type.
  @Composed public var incidentType: String
  /// A layer, whose areas all count, or one area of it: `no-hydrants`, `districts/4`. Empty is everywhere.
  @Composed public var area: String
  /// As OSM writes hours, in the map's time zone: `Mo-Fr 22:00-05:00`; empty is always.
  public var hours: String
  @Composed public var planID: String

  public init(_ planID: String, incidentType: String = "", area: String = "", hours: String = "") {
    (self.incidentType, self.area, self.hours, self.planID) = (incidentType, area, hours, planID)
  }

  /// About what it takes to keep it.
  public var byteCount: Int { [incidentType, area, hours, planID].byteCount }

  /// How specific it is: of two that hold, the one with the higher number counts. From 0 to 7.
  public var specificity: Int {
    (incidentType.isEmpty ? 0 : 4) + (area.isEmpty ? 0 : 2) + (hours.isEmpty ? 0 : 1)
  }
}

/// All choices that there are.
public struct PlanChoices: Hashable, Codable, Sendable {
  public var choices: [PlanChoice]
  /// How often they were changed. Of a put: the one that its writer saw, 0 for whichever.
  public var revision: UInt64

  public init(_ choices: [PlanChoice] = [], revision: UInt64 = 0) {
    (self.choices, self.revision) = (choices, revision)
  }
}

/// Plans to add or to replace by id, with or without choices, all or none.
public struct PlansRequest: Hashable, Sendable {
  public var plans: [ResponsePlan]
  /// In place of all that are known; `nil` leaves those as they are.
  public var choices: PlanChoices?

  public init(_ plans: [ResponsePlan], choices: PlanChoices? = nil) { (self.plans, self.choices) = (plans, choices) }
}

/// What became of plans that were put or removed.
public struct PlansAnswer: Hashable, Sendable {
  /// The first version whose answers know the change.
  public var version: UInt64
  /// How many plans were put or removed.
  public var count: Int
  /// How many of them were known just so already.
  public var unchangedCount = 0
  /// Of the plans that were put, in their order.
  public var revisions: [UInt64] = []
  /// Of the choices, as they are now.
  public var choicesRevision: UInt64 = 0

  public init(version: UInt64, count: Int) { (self.version, self.count) = (version, count) }
}

/// All plans by id, and all choices.
public struct ListPlansAnswer: Hashable, Sendable {
  public var version: UInt64
  public var plans: [ResponsePlan]
  public var choices: PlanChoices

  public init(version: UInt64, plans: [ResponsePlan], choices: PlanChoices) {
    (self.version, self.plans, self.choices) = (version, plans, choices)
  }
}
