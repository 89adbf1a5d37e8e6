import TOMLKit

/// Reads one table of a file strictly: it remembers which keys the schema asked for, and refuses the rest.
struct TOMLReader {
  /// Where a rule applies: a speed limit makes sense only along a way.
  enum RulePlace { case atAPoint, alongAWay }

  private let table: TOMLTable
  private let file: String
  private let lines: TOMLLines
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
    lines = TOMLLines(toml)
    path = ""
  }

  /// A table within another one.
  private init(_ table: TOMLTable, named key: String, in outer: TOMLReader) {
    self.table = table
    file = outer.file
    lines = outer.lines
    path = "\(outer.path)\(key)."
  }

  /// The error for a value of this table.
  func bad(_ key: String, _ value: String, _ message: String) -> ProfileError {
    ProfileError(.badValue, message, file: file, line: line(of: key), key: path + key, value: value)
  }

  /// The line of a key of this table, or of the table if the key isn't there.
  private func line(of key: String) -> Int { lines.line(of: path + key) }

  /// The line where this table begins.
  var line: Int { lines.line(of: String(path.dropLast())) }

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

  /// A cap of speed: `"any"`, km/h or `"never"`.
  mutating func cap(_ key: String, into target: inout SpeedCap) throws(ProfileError) {
    guard let value = value(key) else { return }
    switch value.string {
    case "any": target = .any
    case "never": target = .never
    default:
      target = .kmh(try number(value, key, in: ProfileLimits.kmh, orElse: ", \"any\" or \"never\""))
    }
  }

  /// A whole number, such as an OSM id.
  mutating func integer(_ key: String, in range: ClosedRange<Int64>) throws(ProfileError) -> Int64? {
    guard let value = value(key) else { return nil }
    guard let number = value.int.map(Int64.init), range.contains(number) else {
      throw bad(key, value.debugDescription, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A list of texts; empty if the key isn't there.
  mutating func strings(_ key: String, countMax: Int) throws(ProfileError) -> [String] {
    guard let value = value(key) else { return [] }
    let strings = value.array.map { $0.map(\.tomlValue.string) }
    guard let strings, !strings.isEmpty, strings.count <= countMax, strings.allSatisfy({ $0 != nil }) else {
      throw bad(key, value.debugDescription, "must be a list of 1 to \(countMax) texts")
    }
    return strings.compactMap { $0 }
  }

  /// Reads each table of a list: `[[key]]`.
  mutating func tables(
    _ key: String, countMax: Int, _ read: (inout TOMLReader) throws(ProfileError) -> Void
  ) throws(ProfileError) {
    guard let value = value(key) else { return }
    guard let array = value.array else { throw bad(key, value.debugDescription, "must be tables: [[\(path)\(key)]]") }
    guard array.count <= countMax else { throw bad(key, String(array.count), "at most \(countMax) of them") }
    for (position, element) in array.enumerated() {
      let name = "\(key)[\(position + 1)]"
      guard let table = element.tomlValue.table else {
        throw bad(name, element.tomlValue.debugDescription, "must be a table: [[\(path)\(key)]]")
      }
      var reader = TOMLReader(table, named: name, in: self)
      try read(&reader)
      try reader.finish()
    }
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
    var reader = TOMLReader(table, named: key, in: self)
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
    _ key: String, _ read: (inout TOMLReader) throws(ProfileError) -> Void
  ) throws(ProfileError) {
    guard let value = value(key) else { return }
    guard let table = value.table else { throw bad(key, value.debugDescription, "must be a table: [\(path)\(key)]") }
    var reader = TOMLReader(table, named: key, in: self)
    try read(&reader)
    try reader.finish()
  }

  /// Refuses keys that nobody asked for.
  func finish() throws(ProfileError) {
    guard let stranger = table.keys.first(where: { !knownKeys.contains($0) }) else { return }
    throw ProfileError(
      .unknownKey, "no such key; there are \(knownKeys.sorted().joined(separator: ", "))", file: file,
      line: line(of: stranger), key: path + stranger)
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
