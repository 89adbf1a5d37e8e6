import TOMLKit

/// Reads one table of a file strictly: it remembers which keys the schema asked for, and refuses the rest.
///
/// Every method that reads a key throws a ``FileError`` with the key's line if its value is not what is asked for.
public struct TOMLReader {
  /// What a value is before anything is asked of it.
  public enum ValueKind: Sendable { case text, number, flag, list, table, time }

  private let table: TOMLTable
  private let file: String
  private let family: FileError.Family
  private let lines: TOMLLines
  /// Dotted path of the table, with a dot at its end; empty for the file itself.
  private let path: String
  /// Keys that were asked for, whether they are there or not.
  public private(set) var knownKeys: [String] = []

  /// Parses the text of a file.
  public init(toml: String, file: String, family: FileError.Family) throws(FileError) {
    // The parser reads C strings: what follows a NUL would be ignored.
    guard !toml.utf8.contains(0) else {
      throw FileError(family, .unreadable, "not a text: it contains a NUL", file: file)
    }
    do {
      lines = try TOMLScanner.lines(of: toml)
      table = try TOMLTable(string: toml)
    } catch let fault as TOMLScanner.Fault {
      throw FileError(family, .unreadable, fault.message, file: file, line: fault.line)
    } catch let error as TOMLParseError {
      throw FileError(family, .unreadable, error.description, file: file, line: error.source.begin.line)
    } catch {
      throw FileError(family, .unreadable, "\(error)", file: file)
    }
    (self.file, self.family) = (file, family)
    path = ""
  }

  /// A table within another one.
  private init(_ table: TOMLTable, named key: String, in outer: TOMLReader) {
    self.table = table
    (file, family) = (outer.file, outer.family)
    lines = outer.lines
    path = "\(outer.path)\(key)."
  }

  /// The error for a value of this table.
  public func bad(_ key: String, _ value: String, _ message: String) -> FileError {
    FileError(family, .badValue, message, file: file, line: line(of: key), key: path + key, value: value)
  }

  /// The line of a key of this table, or of the table if the key isn't there.
  public func line(of key: String) -> Int { lines.line(of: path + key) }

  /// The line where this table begins.
  public var line: Int { lines.line(of: String(path.dropLast())) }

  private mutating func value(_ key: String) -> TOMLValue? {
    knownKeys.append(key)
    return table[key]?.tomlValue
  }

  /// What kind of value a key has; `nil` if it isn't there.
  public mutating func kind(of key: String) -> ValueKind? {
    switch value(key)?.type {
    case .string: .text
    case .int, .double: .number
    case .bool: .flag
    case .array: .list
    case .table: .table
    case .date, .time, .dateTime: .time
    case nil: nil
    }
  }

  /// The value of a key as it may be written in a file; empty if it isn't there.
  public func written(_ key: String) -> String { table[key]?.tomlValue.debugDescription ?? "" }

  /// The keys that the table has, whether the schema knows them or not.
  public mutating func allKeys() -> [String] {
    knownKeys += table.keys
    return table.keys
  }

  /// True if the key has exactly this text.
  public mutating func has(_ key: String, _ word: String) -> Bool { value(key)?.string == word }

  /// A text; `nil` if the key isn't there.
  public mutating func string(_ key: String) throws(FileError) -> String? {
    guard let value = value(key) else { return nil }
    guard let string = value.string else { throw bad(key, value.debugDescription, "must be a text in quotes") }
    return string
  }

  /// One of the words of an enumeration; `nil` if the key isn't there.
  public mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Choice.Type
  ) throws(FileError) -> Choice? {
    guard let value = value(key) else { return nil }
    guard let choice = value.string.flatMap(Choice.init(rawValue:)) else {
      throw bad(key, value.debugDescription, "must be one of \(quoted(Choice.allCases.map(\.rawValue)))")
    }
    return choice
  }

  /// A number; `nil` if the key isn't there.
  ///
  /// - Parameter alternative: what else the key takes, for the message: `, or "never"`.
  public mutating func number(
    _ key: String, in range: ClosedRange<Double>, orElse alternative: String = ""
  ) throws(FileError) -> Double? {
    guard let value = value(key) else { return nil }
    // `contains` is false for NaN too.
    guard let number = value.double ?? value.int.map(Double.init), range.contains(number) else {
      let bounds = "\(range.lowerBound.plainText) to \(range.upperBound.plainText)"
      throw bad(key, value.debugDescription, "must be a number from \(bounds)\(alternative)")
    }
    return number
  }

  /// Sets `target` if the key is there.
  public mutating func number(
    _ key: String, in range: ClosedRange<Double>, into target: inout Double
  ) throws(FileError) {
    if let number = try number(key, in: range) { target = number }
  }

  /// A whole number, such as an OSM id.
  public mutating func integer(_ key: String, in range: ClosedRange<Int64>) throws(FileError) -> Int64? {
    guard let value = value(key) else { return nil }
    guard let number = value.int.map(Int64.init), range.contains(number) else {
      throw bad(key, value.debugDescription, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A list of texts; empty if the key isn't there.
  public mutating func strings(_ key: String, countMax: Int) throws(FileError) -> [String] {
    guard let value = value(key) else { return [] }
    let strings = value.array.map { $0.map(\.tomlValue.string) }
    guard let strings, !strings.isEmpty, strings.count <= countMax, strings.allSatisfy({ $0 != nil }) else {
      throw bad(key, value.debugDescription, "must be a list of 1 to \(countMax) texts")
    }
    return strings.compactMap { $0 }
  }

  /// Reads each table of a list: `[[key]]`.
  public mutating func tables(
    _ key: String, countMax: Int, _ read: (inout TOMLReader) throws(FileError) -> Void
  ) throws(FileError) {
    guard let value = value(key) else { return }
    guard let array = value.array else { throw bad(key, value.debugDescription, "must be tables: [[\(header(key))]]") }
    guard array.count <= countMax else { throw bad(key, String(array.count), "at most \(countMax) of them") }
    for (position, element) in array.enumerated() {
      let name = "\(key)[\(position + 1)]"
      guard let table = element.tomlValue.table else {
        throw bad(name, element.tomlValue.debugDescription, "must be a table: [[\(header(key))]]")
      }
      var reader = TOMLReader(table, named: name, in: self)
      try read(&reader)
      try reader.finish()
    }
  }

  /// `true` or `false`; `nil` if the key isn't there.
  public mutating func flag(_ key: String) throws(FileError) -> Bool? {
    guard let value = value(key) else { return nil }
    guard let flag = value.bool else { throw bad(key, value.debugDescription, "must be true or false") }
    return flag
  }

  /// Reads a table within this one, if it is there.
  public mutating func section(
    _ key: String, _ read: (inout TOMLReader) throws(FileError) -> Void
  ) throws(FileError) {
    guard let value = value(key) else { return }
    guard let table = value.table else { throw bad(key, value.debugDescription, "must be a table: [\(header(key))]") }
    var reader = TOMLReader(table, named: key, in: self)
    try read(&reader)
    try reader.finish()
  }

  /// Refuses keys that nobody asked for.
  public func finish() throws(FileError) {
    guard let stranger = table.keys.first(where: { !knownKeys.contains($0) }) else { return }
    throw FileError(
      family, .unknownKey, "no such key; there are \(Set(knownKeys).sorted().joined(separator: ", "))", file: file,
      line: line(of: stranger), key: path + stranger)
  }

  /// A key of this table as the heading of a table names it: without the numbers of tables in a list.
  private func header(_ key: String) -> String { (path + key).replacing(/\[\d+\]/, with: "") }

  private func quoted(_ words: [String]) -> String { words.map { "\"\($0)\"" }.joined(separator: ", ") }
}
