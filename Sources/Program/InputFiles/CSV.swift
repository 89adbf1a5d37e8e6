/// A record of a CSV file (RFC 4180): its fields and where each of them starts.
public struct CSVRecord: Equatable, Sendable {
  /// Line of the file on which the record starts, from 1.
  public var line: Int
  public var fields: [String]
}

/// Reads comma-separated values: fields may be quoted, and a quoted one may hold commas, line ends and doubled quotes.
///
/// Semicolons or tabs separate as well, as spreadsheets write them where the comma is the decimal mark: whichever the
/// first line has first, outside of quotes. Empty lines are passed over. A byte order mark at the start is ignored.
/// O(n).
public struct CSVReader {
  private static let quote = UInt8(ascii: "\"")
  private static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let bytes: [UInt8]
  private let separator: UInt8
  private var position = 0
  private var line = 1

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    separator = Self.separator(of: bytes[position...])
  }

  /// The first one in the first line that is not empty; a comma if there is none.
  private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
    var isQuoted = false
    for byte in bytes.drop(while: { $0 == newline || $0 == carriageReturn }) {
      if byte == quote { isQuoted.toggle() }
      if !isQuoted, byte == newline || separators.contains(byte) { return byte == newline ? separators[0] : byte }
    }
    return separators[0]
  }

  /// All records of a text.
  public static func records(of bytes: [UInt8]) throws(FileFault) -> [CSVRecord] {
    var records: [CSVRecord] = []
    try visitRecords(of: bytes) { records.append($0) }
    return records
  }

  /// Calls `body` with each record of a text: of a large file not all have to be there at once.
  static func visitRecords(of bytes: [UInt8], _ body: (CSVRecord) throws(FileFault) -> Void) throws(FileFault) {
    var reader = CSVReader(bytes)
    while reader.position < bytes.count {
      let record = try reader.record()
      if record.fields != [""] { try body(record) }
    }
  }

  private mutating func record() throws(FileFault) -> CSVRecord {
    var record = CSVRecord(line: line, fields: [])
    while true {
      record.fields.append(try field())
      guard position < bytes.count, bytes[position] == separator else { break }
      position += 1
    }
    endLine()
    return record
  }

  private mutating func field() throws(FileFault) -> String {
    guard position < bytes.count, bytes[position] == Self.quote else { return try plainField() }
    let text = try quotedField()
    guard position == bytes.count || isEndOfField else {
      throw FileFault(line: line, message: "text after a closing quote")
    }
    return text
  }

  private mutating func plainField() throws(FileFault) -> String {
    let start = position
    while position < bytes.count, !isEndOfField {
      guard bytes[position] != Self.quote else {
        throw FileFault(line: line, message: "a quote inside an unquoted field")
      }
      position += 1
    }
    return try text(bytes[start..<position])
  }

  private mutating func quotedField() throws(FileFault) -> String {
    let firstLine = line
    var field: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == Self.quote {
        guard position < bytes.count, bytes[position] == Self.quote else { return try text(field[...]) }
        position += 1
      }
      if byte == Self.newline { line += 1 }
      field.append(byte)
    }
    throw FileFault(line: firstLine, message: "a quoted field that never ends")
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws(FileFault) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileFault(line: line, message: "a field that is not UTF-8")
    }
    return text
  }

  private var isEndOfField: Bool {
    let byte = bytes[position]
    return byte == separator || byte == Self.newline || byte == Self.carriageReturn
  }

  private mutating func endLine() {
    if position < bytes.count, bytes[position] == Self.carriageReturn { position += 1 }
    if position < bytes.count, bytes[position] == Self.newline { position += 1 }
    line += 1
  }
}

/// Writes one record, with quotes where they are needed and a newline at the end.
public func csvLine(_ fields: [String]) -> String {
  fields.enumerated().map { position, field in
    // At the start of a file a mark that is not quoted would be taken for the file's own.
    // In the first field another separator would be taken for the one of the file.
    let marks = position == 0 ? "\",\r\n;\t" : "\",\r\n"
    let mustQuote = field.utf8.contains { marks.utf8.contains($0) } || field.utf8.starts(with: "\u{FEFF}".utf8)
    guard mustQuote else { return field }
    // By scalars: with a mark that combines behind it, a quote is no character of its own.
    return "\"" + field.unicodeScalars.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) } + "\""
  }.joined(separator: ",") + "\n"
}
