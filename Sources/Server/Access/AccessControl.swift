import Foundation
import Messages
import Synchronization

/// Who calls, as far as a transport knows before it looks at a token.
public struct Credentials: Sendable {
  /// The name of the user at the other end of a Unix socket.
  public var user: String?
  /// True if that is root or the user whose the server is.
  public var isOwner = false
  /// The subject of the certificate that the client proved to have.
  public var certificateSubject: String?

  public init() {}
}

/// A caller who is known, with what it may do.
public struct Principal: Sendable {
  /// For logs and the audit trail; empty if anybody may call.
  public let name: String
  /// True if the rules say who it is; false where anybody may call.
  public private(set) var isIdentified = true
  public let roles: Set<Role>
  /// Until then it is known; `nil` is for ever.
  public private(set) var expires: Date?
  private(set) var usage: CallUsage?

  /// Takes one call of what the caller may have; says which limit is exhausted otherwise: `RATE_LIMITED`. O(1).
  public func take(at now: ContinuousClock.Instant = .now) -> CallStatus? { usage?.take(at: now) }

  /// True if one of the roles allows it.
  public func may(_ permission: Permission) -> Bool { roles.contains { $0.allows(permission) } }
}

/// Knows callers by the rules of the moment. Rules may be replaced while calls go on: the next call is under new ones.
public final class AccessControl: Sendable {
  private struct State {
    var rules: AccessRules
    var recordOfDigest: [TokenDigest: TokenRecord] = [:]
    /// By the name of the token, so that a new token has no fresh allowance.
    var usageOfName: [String: CallUsage] = [:]

    func principal(ofToken token: String, at now: Date) throws(CallStatus) -> Principal {
      guard let record = recordOfDigest[TokenDigest(of: token)] else {
        throw CallStatus(.unauthenticated, "the token is unknown")
      }
      if let expires = record.expires, now >= expires {
        throw CallStatus(.unauthenticated, "the token has expired", value: record.name)
      }
      return Principal(name: record.name, roles: record.roles, expires: record.expires, usage: usageOfName[record.name])
    }
  }

  private let state: Mutex<State>
  private let generationCounter = Atomic(0)
  private let watchers = Mutex<[@Sendable () -> Void]>([])

  public init(_ rules: AccessRules = AccessRules()) {
    state = Mutex(State(rules: AccessRules()))
    replace(by: rules)
  }

  /// Changes whenever rules do: what was found out under an older one must be found out again.
  public var generation: Int { generationCounter.load(ordering: .acquiring) }

  /// True if a caller must be known.
  public var restricts: Bool { state.withLock { $0.rules.restricts } }

  /// True if a caller may be known by a token.
  public var needsSecret: Bool { state.withLock { $0.rules.isTokenFileGiven || !$0.rules.tokens.isEmpty } }

  /// Puts other rules in force. What callers have used up of their allowances stays used up. O(tokens).
  public func replace(by rules: AccessRules) {
    state.withLock { state in
      state.rules = rules
      state.recordOfDigest = Dictionary(rules.tokens.map { ($0.digest, $0) }, uniquingKeysWith: { first, _ in first })
      var usageOfName: [String: CallUsage] = [:]
      for record in rules.tokens where usageOfName[record.name] == nil {
        let known = state.usageOfName[record.name]
        usageOfName[record.name] = known?.allowance == record.allowance ? known : CallUsage(record.allowance)
      }
      state.usageOfName = usageOfName
    }
    generationCounter.add(1, ordering: .releasing)
    for watcher in watchers.withLock({ $0 }) { watcher() }
  }

  /// Sets who is told each time that rules were replaced, with those before it.
  public func whenReplaced(_ watcher: @escaping @Sendable () -> Void) { watchers.withLock { $0.append(watcher) } }

  /// Who calls. A token counts before a certificate, and that before a user. O(1) but for the hash of the token.
  ///
  /// - Throws: `UNAUTHENTICATED` for a token that is not known or has expired, and for a caller without anything where
  ///   one must be known. The token is not in the error.
  public func principal(
    token: String, _ credentials: Credentials, at now: Date = Date()
  ) throws(CallStatus) -> Principal {
    try state.withLock { state throws(CallStatus) -> Principal in
      let rules = state.rules
      if !token.isEmpty, rules.restricts { return try state.principal(ofToken: token, at: now) }
      if let subject = credentials.certificateSubject, let roles = rules.certificates[subject] {
        return Principal(name: subject, roles: roles)
      }
      if !rules.restricts { return Principal(name: credentials.user ?? "", isIdentified: false, roles: [.admin]) }
      if let user = credentials.user, let roles = credentials.isOwner ? [.admin] : rules.users[user] {
        return Principal(name: user, roles: roles)
      }
      throw CallStatus(.unauthenticated, "the server requires a token")
    }
  }
}
