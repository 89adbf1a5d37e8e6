/// The options of a request. Each is taken once; one that nobody takes is refused, as OSRM does.
struct OSRMQuery {
  private var values: [String: String]

  init(_ query: [(name: String, value: String)]) {
    values = Dictionary(query.map { ($0.name, $0.value) }) { _, last in last }
  }

  /// The text of an option; `nil` if it isn't given.
  mutating func text(_ name: String) -> String? { values.removeValue(forKey: name) }

  /// `true` or `false`.
  mutating func flag(_ name: String, usually: Bool) throws(OSRMError) -> Bool {
    switch text(name) {
    case nil: return usually
    case "true": return true
    case "false": return false
    case .some(let other): throw Self.malformed(name, other, "true or false")
    }
  }

  /// One of some words.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, usually: Choice
  ) throws(OSRMError) -> Choice {
    guard let text = text(name) else { return usually }
    guard let choice = Choice(rawValue: text) else {
      throw Self.malformed(name, text, Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }

  /// A number above 0.
  mutating func positive(_ name: String) throws(OSRMError) -> Double? {
    guard let text = text(name) else { return nil }
    guard let number = Double(text), number.isFinite else { throw Self.malformed(name, text, "a number") }
    guard number > 0 else { throw OSRMError(.invalidOptions, "\(name) must be > 0") }
    return number
  }

  /// An element for each coordinate; `nil` where it is empty, or if the option isn't given at all.
  mutating func elements<Element>(
    _ name: String, count: Int, _ element: (String) throws(OSRMError) -> Element
  ) throws(OSRMError) -> [Element?] {
    guard let text = text(name) else { return [Element?](repeating: nil, count: count) }
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    guard parts.count == count else {
      throw OSRMError(
        .invalidOptions,
        "Number of elements in \(name) size \(parts.count) does not match coordinate size \(count)")
    }
    return try parts.map { part throws(OSRMError) in part.isEmpty ? nil : try element(String(part)) }
  }

  /// Positions among the coordinates; `nil` for `all`, or if the option isn't given.
  mutating func indices(_ name: String, count: Int) throws(OSRMError) -> [Int]? {
    guard let text = text(name), text != "all" else { return nil }
    return try text.split(separator: ";", omittingEmptySubsequences: false).map { part throws(OSRMError) in
      guard let index = Int(part) else { throw Self.malformed(name, String(part), "the number of a coordinate") }
      guard (0..<count).contains(index) else {
        throw OSRMError(.invalidOptions, "\(name): there is no coordinate \(index)")
      }
      return index
    }
  }

  /// What is left is not understood, and nothing is passed over unseen.
  func refuseOthers() throws(OSRMError) {
    guard let name = values.keys.min() else { return }
    throw OSRMError(.invalidQuery, "Query string malformed: there is no option \(name)")
  }

  static func malformed(_ name: String, _ value: String, _ expected: String) -> OSRMError {
    OSRMError(.invalidQuery, "Query string malformed: \(name)=\(value.prefix(valueMax)), where \(expected) is expected")
  }

  /// More of a value isn't repeated.
  private static let valueMax = 40
}
