import API

/// What one incident wants: the lines of a plan up to a level, and how units are compared.
public struct Wish: Sendable {
  /// All that hold together, the first alarm first.
  public var levels: [PlanLevel]
  /// Agencies that are not asked like our own.
  public var agencies: [AgencyRule] = []
  /// Stations in order: then a unit's place in this list counts, not its time. Empty where time counts.
  public var stationOrder: [String] = []
  public var tie = TieRule()
  /// Units that are at it already.
  public var committedIDs: [String] = []
  /// Units that the dispatcher insists on.
  public var wantedIDs: [String] = []

  public init(_ levels: [PlanLevel]) { self.levels = levels }

  /// Of all levels.
  public var lines: [PlanLine] { levels.flatMap(\.lines) }

  /// Whether a unit could fill a place of any line.
  public func fits(_ unit: ResponseUnit) -> Bool { lines.contains { !$0.needs(metBy: unit).isEmpty } }

  /// The rule of an agency; `nil` for one that is asked like our own.
  public func rule(of agency: String) -> AgencyRule? { agencies.first { $0.agency == agency } }

  /// How many people the levels want to come together, if they say so.
  public var crewTotalMin: Int? { levels.compactMap(\.crewTotalMin).max() }

  /// How many units could be chosen at most: for places, because they are closer, for their crews.
  var choiceCountMax: Int { lines.reduce(0) { $0 + $1.count } + (crewTotalMin ?? 0) }

  /// The people that all levels want together, with the line that units are added to.
  var crewAims: [(total: Int, line: PlanLine)] {
    levels.compactMap { level in
      guard let total = level.crewTotalMin else { return nil }
      let line = level.crewLine.isEmpty ? level.lines.first ?? lines.first : lines.first { $0.name == level.crewLine }
      return line.map { (total, $0) }
    }
  }
}

/// How a wish compares units.
struct UnitComparison {
  private let rules: [String: AgencyRule]
  private let placeOfStation: [String: Int64]
  private let tie: TieRule

  init(_ wish: Wish) {
    rules = Dictionary(wish.agencies.map { ($0.agency, $0) }) { first, _ in first }
    placeOfStation = Dictionary(wish.stationOrder.enumerated().map { ($1, Int64($0)) }) { first, _ in first }
    tie = wish.tie
  }

  func isNever(_ unit: ResponseUnit) -> Bool { rules[unit.agency]?.tier == .never }

  func isLast(_ unit: ResponseUnit) -> Bool { rules[unit.agency]?.tier == .last }

  /// - Parameter isKept: a rule says that it should stay.
  func order(
    _ unit: ResponseUnit, _ arrival: Arrival, penaltyMilliseconds: Int64 = 0, isKept: Bool = false
  ) -> UnitOrder {
    let tier: UnitOrder.Tier = isKept ? .kept : isLast(unit) ? .last : .closest
    return UnitOrder(
      needsLastResort: arrival.needsLastResort, tier: tier,
      bucket: bucket(unit, arrival, penaltyMilliseconds),
      idleSinceMilliseconds: unit.idleSince.map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) },
      etaMilliseconds: arrival.etaMilliseconds)
  }

  /// As what a unit counts in a line; `nil` if it can't be asked, or does nothing of what is needed.
  func order(_ unit: ResponseUnit, _ arrival: Arrival, in line: PlanLine) -> UnitOrder? {
    if isNever(unit) { return nil }
    let penalties = line.needs(metBy: unit).map { line.needs[$0].penaltyMilliseconds }
    return penalties.min().map { order(unit, arrival, penaltyMilliseconds: $0) }
  }

  /// The bucket of the time at which it counts as there, or of its place in the list of stations.
  private func bucket(_ unit: ResponseUnit, _ arrival: Arrival, _ penaltyMilliseconds: Int64) -> Int64 {
    if placeOfStation.isEmpty { return tie.bucket(countedTime(unit, arrival, penaltyMilliseconds)) }
    return placeOfStation[unit.station] ?? Int64(placeOfStation.count)
  }

  /// When a unit counts as there.
  func countedTime(_ unit: ResponseUnit, _ arrival: Arrival, _ penaltyMilliseconds: Int64) -> Int64 {
    let penaltySeconds = rules[unit.agency]?.penaltySeconds ?? 0
    return arrival.etaMilliseconds + Int64((penaltySeconds * 1000).rounded()) + penaltyMilliseconds
  }

  /// By how much earlier a unit must be for its cost to fall by so much; `nil` where no time would do.
  func milliseconds(
    _ unit: ResponseUnit, _ arrival: Arrival, penaltyMilliseconds: Int64, toFallBy cost: Int64
  ) -> Int64? {
    guard placeOfStation.isEmpty, cost <= UnitOrder.bucketMax else { return nil }
    return tie.milliseconds(countedTime(unit, arrival, penaltyMilliseconds), toFallBy: cost)
  }
}
