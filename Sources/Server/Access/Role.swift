import Messages

/// What a caller is for, and so what it may do. A caller may have several roles.
public enum Role: String, CaseIterable, Sendable {
  /// Only asks.
  case read
  /// A dispatch system: asks and moves units.
  case dispatch
  /// A traffic centre: asks, changes closures and speeds.
  case traffic
  /// Everything.
  case admin

  /// True if a caller with this role alone may.
  public func allows(_ permission: Permission) -> Bool {
    switch permission {
    case .checkHealth, .ask: true
    case .moveUnits: self == .dispatch || self == .admin
    case .changeTraffic: self == .traffic || self == .admin
    case .administer: self == .admin
    }
  }
}
