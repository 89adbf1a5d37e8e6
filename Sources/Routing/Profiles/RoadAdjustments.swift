import API
import RoadGraph
import TimeRules

/// What holds at a moment beyond the map's plain tags: conditional rules in force, and the department's overrides.
///
/// A cost model is made for one set of adjustments; when they change, a new one is made.
public struct RoadAdjustments: Hashable, Sendable {
  /// OSM ways that have other attributes at the moment.
  private(set) var ways: [WayID: VehicleChoices<AttributesID>] = [:]
  /// Barriers and signals in whose place others stand at the moment.
  private(set) var features: [FeatureID: VehicleChoices<FeatureID>] = [:]
  /// Turns whose ban begins at the moment, or is suspended.
  private(set) var turns: [TurnID: VehicleChoices<ConditionalTurn>] = [:]
  /// What the department says; it counts more than tags and conditions.
  public var overrides = ResolvedOverrides()

  public init() {}

  /// What a conditional rule makes of a turn while it holds.
  enum ConditionalTurn: Hashable, Sendable {
    case banned
    /// Banned, but not for responders.
    case bannedExceptEmergency
    case free
  }

  /// Nothing but the map's plain tags.
  public static let none = RoadAdjustments()

  /// Adds a rule that holds at the moment. Of several for one subject the last one counts.
  ///
  /// - Parameter tests: the rule holds for the vehicles that pass all of them.
  public mutating func add(_ effect: ConditionalRule.Effect, for tests: [VehicleTest] = []) {
    switch effect {
    case .ban(let turn, let exceptEmergency):
      turns[turn, default: VehicleChoices()].add(exceptEmergency ? .bannedExceptEmergency : .banned, for: tests)
    case .free(let turn): turns[turn, default: VehicleChoices()].add(.free, for: tests)
    case .attributes(let way, let attributes): ways[way, default: VehicleChoices()].add(attributes, for: tests)
    case .feature(let feature, let other): features[feature, default: VehicleChoices()].add(other, for: tests)
    }
  }
}

/// What holds of one subject, by vehicle: the last one whose tests a vehicle passes.
struct VehicleChoices<Value: Hashable & Sendable>: Hashable, Sendable {
  private struct Choice: Hashable {
    let value: Value
    let tests: [VehicleTest]
  }

  private var choices: [Choice] = []

  mutating func add(_ value: Value, for tests: [VehicleTest]) {
    // Nothing before it counts any more.
    if tests.isEmpty { choices = [] }
    choices.append(Choice(value: value, tests: tests))
  }

  /// `nil` if none is for a vehicle of this size. O(choices).
  func value(for size: VehicleSize) -> Value? {
    choices.last { size.passes($0.tests) }?.value
  }
}

extension Dictionary {
  /// What holds for vehicles of one size. O(n).
  func values<Choice>(for size: VehicleSize) -> [Key: Choice] where Value == VehicleChoices<Choice> {
    compactMapValues { $0.value(for: size) }
  }
}

extension VehicleProfile {
  /// True if a conditional rule with these tests is meant for the vehicle.
  public func passes(_ tests: [VehicleTest]) -> Bool { size.passes(tests) }
}

extension VehicleSize {
  fileprivate func passes(_ tests: [VehicleTest]) -> Bool { tests.allSatisfy { $0.holds(for: self[$0.measure]) } }

  /// In tonnes or metres.
  fileprivate subscript(measure: VehicleTest.Measure) -> Double {
    switch measure {
    case .weight: weightTonnes
    case .axleload: axleLoadTonnes
    case .height: heightMeters
    case .width: widthMeters
    case .length: lengthMeters
    }
  }
}

extension RoadAdjustments.ConditionalTurn {
  /// The flags of a turn while the rule holds.
  func applied(to flags: TurnFlags) -> TurnFlags {
    switch self {
    case .banned: flags.union(.banned).subtracting(.exceptEmergency)
    case .bannedExceptEmergency: flags.contains(.banned) ? flags : flags.union([.banned, .exceptEmergency])
    case .free: flags.subtracting([.banned, .exceptEmergency])
    }
  }
}
