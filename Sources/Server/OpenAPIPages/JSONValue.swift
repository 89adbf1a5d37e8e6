import MessageJSON

/// A value of JSON whose objects keep the order of their names.
enum JSONValue: Sendable {
  case object([(name: String, value: JSONValue)])
  case list([JSONValue])
  case text(String)
  case number(Int)
  case truth(Bool)

  func write(to output: inout JSONOutput) {
    switch self {
    case .object(let members):
      output.append("{")
      for (place, member) in members.enumerated() {
        if place > 0 { output.append(",") }
        output.append(string: member.name)
        output.append(":")
        member.value.write(to: &output)
      }
      output.append("}")
    case .list(let values):
      output.append("[")
      for (place, value) in values.enumerated() {
        if place > 0 { output.append(",") }
        value.write(to: &output)
      }
      output.append("]")
    case .text(let text): output.append(string: text)
    case .number(let number): output.append(number: number)
    case .truth(let truth): output.append(json: truth ? "true" : "false")
    }
  }

  /// An object with further members.
  func with(_ name: String, _ value: JSONValue?) -> JSONValue {
    guard case .object(let members) = self, let value else { return self }
    return .object(members + [(name, value)])
  }

  func with(_ others: [(name: String, value: JSONValue)]) -> JSONValue {
    others.reduce(self) { $0.with($1.name, $1.value) }
  }

  /// An object with a description, if there is something to say.
  func described(_ text: String) -> JSONValue { text.isEmpty ? self : with("description", .text(text)) }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
  init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(elements.map { ($0, $1) }) }
  init(arrayLiteral elements: JSONValue...) { self = .list(elements) }
  init(stringLiteral text: String) { self = .text(text) }
  init(integerLiteral number: Int) { self = .number(number) }
  init(booleanLiteral truth: Bool) { self = .truth(truth) }
}
