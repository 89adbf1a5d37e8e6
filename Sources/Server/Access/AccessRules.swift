import Foundation

/// How much a caller may ask for. `nil` is no limit.
public struct CallAllowance: Hashable, Sendable {
  /// Calls a second, on average; as many may come at once after a quiet second.
  public var callsPerSecond: Double?
  /// Calls within 24 hours, counted from the first one.
  public var callsPerDay: Int?

  public init(callsPerSecond: Double? = nil, callsPerDay: Int? = nil) {
    (self.callsPerSecond, self.callsPerDay) = (callsPerSecond, callsPerDay)
  }
}

/// What a server knows of one token.
public struct TokenRecord: Hashable, Sendable {
  /// Whose it is: what logs and the audit trail say. A caller may have two tokens under one name while it changes over.
  public var name: String
  public var digest: TokenDigest
  public var roles: Set<Role>
  public var allowance: CallAllowance
  /// It is refused from then on.
  public var expires: Date?

  public init(
    name: String, digest: TokenDigest, roles: Set<Role>, allowance: CallAllowance = CallAllowance(),
    expires: Date? = nil
  ) { (self.name, self.digest, self.roles, self.allowance, self.expires) = (name, digest, roles, allowance, expires) }
}

/// Who may do what: all that an operator wrote down about it.
public struct AccessRules: Sendable {
  /// With one or more, whoever is not known otherwise needs one.
  public var tokens: [TokenRecord] = []
  /// Roles by the subject of a client's certificate, such as `CN=cad,O=119`.
  public var certificates: [String: Set<Role>] = [:]
  /// Roles by the user at the other end of a Unix socket. The user of the server and root may do everything.
  public var users: [String: Set<Role>] = [:]

  /// True if callers are known by tokens, though there may be none yet: then nobody has one.
  public var isTokenFileGiven = false

  /// Everybody who reaches the server may do everything.
  public init() {}

  /// True if a caller must be known.
  public var restricts: Bool { !tokens.isEmpty || isTokenFileGiven || !certificates.isEmpty || !users.isEmpty }
}
