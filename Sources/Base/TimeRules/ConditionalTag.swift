/// The value of a tag such as `motor_vehicle:conditional`: other values of its key, each under a condition.
///
/// `no @ (Mo-Fr 07:00-09:00); destination @ (22:00-06:00)`. Source: OSM wiki, Conditional restrictions.
public struct ConditionalTag: Hashable, Sendable {
  /// One value and when it holds.
  public struct Clause: Hashable, Sendable {
    public let value: String
    /// The condition as it is written, without its parentheses.
    public fileprivate(set) var condition: String
    /// Its parentheses are missing: a semicolon may belong to it.
    fileprivate let isBare: Bool

    /// What the condition says.
    ///
    /// - Parameter kinds: the holidays whose days are known.
    public func reading(knowing kinds: Set<Holidays.Kind>) -> RuleCondition.Reading {
      RuleCondition.reading(condition, knowing: kinds)
    }
  }

  /// In the order of the text: of several that hold, the last one counts.
  public private(set) var clauses: [Clause] = []
  /// What belongs to none of them.
  public private(set) var notUnderstood: [String] = []

  /// Splits a value; `nil` if it has no clauses at all. O(length).
  public init?(_ text: String) {
    for part in Self.parts(of: text) where !part.isEmpty { add(part) }
    if clauses.isEmpty { return nil }
  }

  private mutating func add(_ part: Substring) {
    guard let sign = part.firstIndex(of: "@") else {
      guard let last = clauses.indices.last, clauses[last].isBare else { return notUnderstood.append(String(part)) }
      clauses[last].condition += "; \(part)"
      return
    }
    let value = part[..<sign].withoutOuterSpaces
    let condition = part[part.index(after: sign)...].withoutOuterSpaces
    let inner = condition.withoutParentheses
    guard !value.isEmpty, !(inner ?? condition).isEmpty, Self.depth(of: condition) == 0 else {
      return notUnderstood.append(String(part))
    }
    clauses.append(Clause(value: String(value), condition: String(inner ?? condition), isBare: inner == nil))
  }

  /// The parts between semicolons that stand in no parentheses.
  private static func parts(of text: String) -> [Substring] {
    var (parts, depth, start): ([Substring], Int, String.Index) = ([], 0, text.startIndex)
    for index in text.indices {
      depth += step(text[index])
      guard text[index] == ";", depth <= 0 else { continue }
      parts.append(text[start..<index].withoutOuterSpaces)
      start = text.index(after: index)
    }
    return parts + [text[start...].withoutOuterSpaces]
  }

  /// How many parentheses are left open.
  fileprivate static func depth(of text: Substring) -> Int { text.reduce(0) { $0 + step($1) } }

  fileprivate static func step(_ character: Character) -> Int { character == "(" ? 1 : character == ")" ? -1 : 0 }
}

extension Substring {
  var withoutOuterSpaces: Substring {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// What stands in a pair of parentheses around the whole; `nil` if there is no such pair.
  fileprivate var withoutParentheses: Substring? {
    guard first == "(", last == ")" else { return nil }
    let inner = dropFirst().dropLast()
    var depth = 0
    for character in inner {
      depth += ConditionalTag.step(character)
      if depth < 0 { return nil }
    }
    return depth == 0 ? inner.withoutOuterSpaces : nil
  }
}
