/// The value of a tag such as `motor_vehicle:conditional`: other values of its key, each under a condition.
///
/// `no @ (Mo-Fr 07:00-09:00); destination @ (22:00-06:00)`. Source: OSM wiki, Conditional restrictions.
public struct ConditionalTag: Hashable, Sendable {
  /// One value and when it holds.
  public struct Clause: Hashable, Sendable {
    public let value: String
    /// The condition as it is written, without its parentheses.
    public let condition: String
    /// When it holds; `nil` if the condition is not understood (weather, vehicles, public holidays).
    public let rule: TimeRule?
  }

  /// In the order of the text: of several that hold, the last one counts.
  public let clauses: [Clause]

  /// Splits a value; `nil` if it has no clauses at all. O(length).
  public init?(_ text: String) {
    // Semicolons within a condition belong to it.
    let matches = text.matches(of: /([^@;]+)@\s*(?:\(([^()]*)\)|([^;()]+))\s*(?:;|$)/)
    let covered = matches.reduce(0) { $0 + $1.0.count }
    guard !matches.isEmpty, covered == text.count else { return nil }
    clauses = matches.map { match in
      let condition = String((match.2 ?? match.3 ?? "").withoutOuterSpaces)
      return Clause(value: String(match.1.withoutOuterSpaces), condition: condition, rule: TimeRule(condition))
    }
  }
}

extension Substring {
  var withoutOuterSpaces: Substring {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }
}
