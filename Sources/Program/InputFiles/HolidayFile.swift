import TimeRules

/// A CSV file of holidays: what `PH` and `SH` mean in the rules of a map.
///
/// The first line names the columns, in any order: `kind` is `PH` (public) or `SH` (school), `first` and `last` are
/// days such as `2026-12-25`; without `last` it is one day. Other columns, such as a name, are the department's own.
public enum HolidayFile {
  /// The columns that are read.
  private enum Column: String, CSVColumn {
    case kind, first, last

    static let ignoresOthers = true
    var isRequired: Bool { self != .last }
  }

  /// The holidays of a file. Throws `FILE_UNREADABLE`, or `INVALID_HOLIDAY_FILE` with the first fault.
  public static func holidays(path: String) throws(InputFileError) -> Holidays {
    try InputFileError.reading(path, .invalidHolidayFile, holidays)
  }

  /// Reads a file's bytes. Throws the first fault. O(bytes).
  public static func holidays(_ bytes: [UInt8]) throws(FileFault) -> Holidays {
    let table = try CSVTable<Column>(bytes)
    return Holidays(try table.rows.map { row throws(FileFault) in try period(row.fields.get(), line: row.line) })
  }

  private static func period(_ fields: [Column: String], line: Int) throws(FileFault) -> Holidays.Period {
    func text(_ column: Column) -> String { fields[column] ?? "" }
    let (first, last) = (text(.first), text(.last).isEmpty ? text(.first) : text(.last))
    guard let kind = Holidays.Kind.allCases.first(where: { $0.word == text(.kind).uppercased() }) else {
      throw FileFault(line: line, column: "kind", message: "neither PH nor SH", value: text(.kind))
    }
    guard let period = Holidays.Period(kind, first: first, last: last) else {
      throw FileFault(
        line: line, column: "first, last", message: "no days such as 2026-12-25, or the last one comes first",
        value: "\(text(.first)),\(text(.last))")
    }
    return period
  }
}
