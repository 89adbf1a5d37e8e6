import Foundation

/// The columns of a file of CSV.
protocol CSVColumn: RawRepresentable<String>, CaseIterable, Hashable {
  /// The column of a name in small letters; `nil` for a name that means none. People write it in any case.
  static func named(_ name: String) -> Self?
  /// False if a name that means no column is refused.
  static var ignoresOthers: Bool { get }
  var isRequired: Bool { get }
}

extension CSVColumn {
  static func named(_ name: String) -> Self? { Self(rawValue: name) }
}

extension Double {
  /// A number of a field, with a decimal point or a decimal comma.
  init?(field text: String) {
    self.init(text.contains(".") ? text : text.replacing(",", with: ".", maxReplacements: 1))
  }
}

/// A file of CSV whose first line names the columns, in any order.
struct CSVTable<Column: CSVColumn> {
  struct Row {
    var line: Int
    /// By column, without blanks around them; a fault if the row has more or fewer than the first line.
    var fields: Result<[Column: String], FileFault>
    /// What stands in other columns, in their order.
    var others: [(name: String, text: String)] = []
  }

  let headerLine: Int
  let rows: [Row]

  /// Throws what makes the whole unreadable: no CSV, a first line with a fault. O(bytes).
  init(_ bytes: [UInt8]) throws(FileFault) {
    let records = try CSVReader.records(of: bytes)
    guard let header = records.first else {
      throw FileFault(line: 1, message: "the file is empty; its first line must name the columns")
    }
    let columns = try Self.columns(of: header)
    headerLine = header.line
    rows = records.dropFirst().map { record in
      let others = zip(columns, zip(header.fields, record.fields)).filter { $0.0 == nil }.map {
        (name: $1.0, text: $1.1)
      }
      return Row(line: record.line, fields: Self.fields(of: record, columns), others: others)
    }
  }

  private static func columns(of header: CSVRecord) throws(FileFault) -> [Column?] {
    var columns: [Column?] = []
    for field in header.fields {
      let column = Column.named(field.trimmingCharacters(in: .whitespaces).lowercased())
      if let column, columns.contains(column) {
        throw FileFault(line: header.line, column: column.rawValue, message: "the column occurs twice")
      }
      if column == nil, !Column.ignoresOthers {
        let known = Column.allCases.map(\.rawValue).joined(separator: ", ")
        throw FileFault(line: header.line, message: "an unknown column; known are \(known)", value: field)
      }
      columns.append(column)
    }
    if let missing = Column.allCases.first(where: { $0.isRequired && !columns.contains($0) }) {
      throw FileFault(line: header.line, column: missing.rawValue, message: "the column is missing")
    }
    return columns
  }

  private static func fields(of record: CSVRecord, _ columns: [Column?]) -> Result<[Column: String], FileFault> {
    guard record.fields.count == columns.count else {
      return .failure(
        FileFault(
          line: record.line, message: "\(columns.count) fields are needed, as in the first line, not",
          value: "\(record.fields.count)"))
    }
    var fields: [Column: String] = [:]
    for case (let column?, let field) in zip(columns, record.fields) {
      fields[column] = field.trimmingCharacters(in: .whitespaces)
    }
    return .success(fields)
  }
}
