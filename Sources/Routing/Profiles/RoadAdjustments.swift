import RoadGraph

/// What holds at a moment beyond the map's plain tags: conditional rules in force, and the department's overrides.
///
/// A cost model is made for one set of adjustments; when they change, a new one is made.
public struct RoadAdjustments: Hashable, Sendable {
  /// OSM ways that have other attributes at the moment.
  public var attributesByWay: [WayID: AttributesID] = [:]
  /// Turns whose ban begins at the moment, or is suspended.
  public var turnRules: [TurnID: ConditionalTurn] = [:]
  /// What the department says; it counts more than tags and conditions.
  public var overrides = ResolvedOverrides()

  public init() {}

  /// What a conditional rule makes of a turn while it holds.
  public enum ConditionalTurn: Hashable, Sendable {
    case banned
    /// Banned, but not for responders.
    case bannedExceptEmergency
    case free
  }

  /// Nothing but the map's plain tags.
  public static let none = RoadAdjustments()
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
