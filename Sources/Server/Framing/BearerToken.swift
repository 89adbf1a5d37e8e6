/// What a caller shows in a header: `authorization: Bearer TOKEN`.
///
/// Source: RFC 6750, 2.1.
public enum BearerToken {
  private static let scheme = "bearer "

  /// The token of a header's value; empty without one, or for another scheme.
  public static func read(_ value: String?) -> String {
    guard let value, value.prefix(scheme.count).lowercased() == scheme else { return "" }
    return String(value.dropFirst(scheme.count))
  }

  /// The value of the header.
  public static func value(_ token: String) -> String { "Bearer \(token)" }
}
