import TOMLKit

/// Reads one table of a profile file strictly: it remembers which keys the schema asked for, and refuses the rest.
struct ProfileReader {
  /// Where a rule applies: a speed limit makes sense only along a way.
  enum RulePlace { case atAPoint, alongAWay }

  private let table: TOMLTable
  private let file: String
  /// Dotted path of the table, with a dot at its end; empty for the file itself.
  private let path: String
  private(set) var knownKeys: [String] = []

  /// Parses the text of a file.
  init(toml: String, file: String) throws(ProfileError) {
    // The parser reads C strings: what follows a NUL would be ignored.
    guard !toml.utf8.contains(0) else { throw ProfileError(.unreadable, "not a text: it contains a NUL", file: file) }
    do {
      table = try TOMLTable(string: toml)
    } catch let error as TOMLParseError {
      throw ProfileError(.unreadable, error.description, file: file, line: error.source.begin.line)
    } catch {
      throw ProfileError(.unreadable, "\(error)", file: file)
    }
    self.file = file
    path = ""
  }

  private init(table: TOMLTable, file: String, path: String) {
    self.table = table
    self.file = file
    self.path = path
  }

  /// The error for a value of this table.
  func bad(_ key: String, _ value: String, _ message: String) -> ProfileError {
    ProfileError(.badValue, message, file: file, key: path + key, value: value)
  }

  private mutating func value(_ key: String) -> TOMLValue? {
    knownKeys.append(key)
    return table[key]?.tomlValue
  }

  mutating func string(_ key: String) throws(ProfileError) -> String? {
    guard let value = value(key) else { return nil }
    guard let string = value.string else { throw bad(key, value.debugDescription, "must be a text in quotes") }
    return string
  }

  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Choice.Type
  ) throws(ProfileError) -> Choice? {
    guard let value = value(key) else { return nil }
    guard let choice = value.string.flatMap(Choice.init(rawValue:)) else {
      throw bad(key, value.debugDescription, "must be one of \(quoted(Choice.allCases.map(\.rawValue)))")
    }
    return choice
  }

  mutating func number(_ key: String, in range: ClosedRange<Double>) throws(ProfileError) -> Double? {
    guard let value = value(key) else { return nil }
    return try number(value, key, in: range, orElse: "")
  }

  /// Sets `target` if the key is there.
  mutating func number(
    _ key: String, in range: ClosedRange<Double>, into target: inout Double
  ) throws(ProfileError) {
    if let number = try number(key, in: range) { target = number }
  }

  /// A speed in km/h, or `"never"`.
  mutating func speed(_ key: String, into target: inout Double?) throws(ProfileError) {
    guard let value = value(key) else { return }
    target = value.string == "never" ? nil : try number(value, key, in: ProfileLimits.kmh, orElse: ", or \"never\"")
  }

  /// A rule in any of its spellings.
  mutating func rule(_ key: String, _ place: RulePlace, into target: inout PassageRule) throws(ProfileError) {
    guard let value = value(key) else { return }
    if let table = value.table {
      target = try rule(table, key, place)
    } else if let word = value.string {
      guard let use = PassageRule.Use(rawValue: word) else { throw bad(key, value.debugDescription, Self.ruleHelp) }
      target = PassageRule(use)
    } else if value.type == .int || value.type == .double {
      target = PassageRule(.allowed, delaySeconds: try number(value, key, in: ProfileLimits.seconds, orElse: ""))
    } else {
      throw bad(key, value.debugDescription, Self.ruleHelp)
    }
  }

  private func rule(_ table: TOMLTable, _ key: String, _ place: RulePlace) throws(ProfileError) -> PassageRule {
    var reader = ProfileReader(table: table, file: file, path: "\(path)\(key).")
    var rule = PassageRule.allowed
    try reader.number("seconds", in: ProfileLimits.seconds, into: &rule.delaySeconds)
    if place == .alongAWay { rule.maxKmh = try reader.number("max_kmh", in: ProfileLimits.kmh) }
    if try reader.flag("last_resort") { rule.use = .lastResort }
    try reader.finish()
    return rule
  }

  private mutating func flag(_ key: String) throws(ProfileError) -> Bool {
    guard let value = value(key) else { return false }
    guard let flag = value.bool else { throw bad(key, value.debugDescription, "must be true or false") }
    return flag
  }

  /// Reads a table within this one, if it is there.
  mutating func section(
    _ key: String, _ read: (inout ProfileReader) throws(ProfileError) -> Void
  ) throws(ProfileError) {
    guard let value = value(key) else { return }
    guard let table = value.table else { throw bad(key, value.debugDescription, "must be a table: [\(path)\(key)]") }
    var reader = ProfileReader(table: table, file: file, path: "\(path)\(key).")
    try read(&reader)
    try reader.finish()
  }

  /// Refuses keys that nobody asked for.
  func finish() throws(ProfileError) {
    guard let stranger = table.keys.first(where: { !knownKeys.contains($0) }) else { return }
    throw ProfileError(
      .unknownKey, "no such key; there are \(knownKeys.sorted().joined(separator: ", "))", file: file,
      key: path + stranger)
  }

  private func number(
    _ value: TOMLValue, _ key: String, in range: ClosedRange<Double>, orElse alternative: String
  ) throws(ProfileError) -> Double {
    // `contains` is false for NaN too.
    guard let number = value.double ?? value.int.map(Double.init), range.contains(number) else {
      let bounds = "\(Self.plain(range.lowerBound)) to \(Self.plain(range.upperBound))"
      throw bad(key, value.debugDescription, "must be a number from \(bounds)\(alternative)")
    }
    return number
  }

  private func quoted(_ words: [String]) -> String { words.map { "\"\($0)\"" }.joined(separator: ", ") }

  private static func plain(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : String(number)
  }

  private static let ruleHelp =
    "must be \"allowed\", \"never\", \"last_resort\", a number of seconds or a table like { seconds = 15 }"
}
