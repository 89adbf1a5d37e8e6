import Messages

/// What a caller is for, and so what it may do. A caller may have several roles.
public enum Role: String, CaseIterable, Sendable {
  /// Only asks.
  case read
  /// A dispatch system: asks, moves units, keeps plans and layers.
  case dispatch
  /// A traffic centre: asks, changes closures and speeds, keeps layers.
  case traffic
  /// Everything.
  case admin

  /// True if a caller with this role alone may.
  public func allows(_ permission: Permission) -> Bool {
    switch permission {
    case .checkHealth, .ask: true
    case .moveUnits: self == .dispatch || self == .admin
    case .changeTraffic: self == .traffic || self == .admin
    case .keepPlans: self == .dispatch || self == .admin
    case .keepLayers: self != .read
    case .administer: self == .admin
    }
  }
}
