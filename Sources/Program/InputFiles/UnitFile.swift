import Fleet
import Foundation
import Geometry

/// A CSV file of response units, as departments keep them.
///
/// The first line names the columns, in any order: `id`, `profile`, `lat` and `lon` must be there, the others may be
/// missing or empty. Capabilities are joined by `;`.
public enum UnitFile {
  /// The columns that a file may have.
  public enum Column: String, CaseIterable, Sendable {
    case id, agency, station, capabilities, profile, status, lat, lon
    case turnoutSeconds = "turnout_seconds"
    case heading

    var isRequired: Bool { [.id, .profile, .lat, .lon].contains(self) }
  }

  /// The units of a file, as of now.
  ///
  /// - Throws: `FILE_UNREADABLE`, or `INVALID_UNIT_FILE` with all faults.
  public static func units(path: String) throws(InputFileError) -> [ResponseUnit] {
    let (units, faults) = try InputFileError.reading(path, .invalidUnitFile) { bytes throws(FileFault) in
      try read(bytes, now: Date())
    }
    guard faults.isEmpty else { throw InputFileError(code: .invalidUnitFile, faults: faults, value: path) }
    return units
  }

  /// Reads a file's bytes: its units are good if there are no faults. Units are as of `now`: the file has no times of
  /// reports. O(bytes).
  ///
  /// - Throws: what makes the rest unreadable: no CSV, a wrong first line.
  public static func read(
    _ bytes: [UInt8], now: Date
  ) throws(FileFault) -> (units: [ResponseUnit], faults: [FileFault]) {
    let records = try CSVReader.records(of: bytes)
    guard let header = records.first else {
      throw FileFault(line: 1, message: "the file is empty; its first line must name the columns")
    }
    return units(of: records.dropFirst(), columns: try columns(of: header), now: now)
  }

  private static func columns(of header: CSVRecord) throws(FileFault) -> [Column] {
    var columns: [Column] = []
    for field in header.fields {
      guard let column = Column(rawValue: field.trimmingCharacters(in: .whitespaces)) else {
        let known = Column.allCases.map(\.rawValue).joined(separator: ", ")
        throw FileFault(line: header.line, message: "an unknown column; known are \(known)", value: field)
      }
      if columns.contains(column) {
        throw FileFault(line: header.line, column: column.rawValue, message: "the column occurs twice")
      }
      columns.append(column)
    }
    if let missing = Column.allCases.first(where: { $0.isRequired && !columns.contains($0) }) {
      throw FileFault(line: header.line, column: missing.rawValue, message: "the column is missing")
    }
    return columns
  }

  private static func units(
    of records: ArraySlice<CSVRecord>, columns: [Column], now: Date
  ) -> (units: [ResponseUnit], faults: [FileFault]) {
    var (units, faults): ([ResponseUnit], [FileFault]) = ([], [])
    var lineOfID: [String: Int] = [:]
    for record in records {
      var row = UnitRow(line: record.line)
      if record.fields.count == columns.count {
        row.read(zip(columns, record.fields))
        row.checkIsNew(&lineOfID)
      } else {
        row.fault(nil, "\(record.fields.count)", "\(columns.count) fields are needed, as in the first line, not")
      }
      faults += row.faults
      units.append(row.unit(reportedAt: now))
    }
    return (units, faults)
  }
}

/// One row while it is read.
private struct UnitRow {
  let line: Int
  private(set) var faults: [FileFault] = []
  private var texts: [UnitFile.Column: String] = [:]
  private var latitude = 0.0
  private var longitude = 0.0
  private var headingDegrees: Double?
  private var turnoutSeconds: Double?
  private var status = UnitStatus.available

  init(line: Int) { self.line = line }

  mutating func fault(_ column: UnitFile.Column?, _ value: String, _ message: String) {
    faults.append(FileFault(line: line, column: column?.rawValue ?? "", message: message, value: value))
  }

  mutating func read(_ fields: some Sequence<(UnitFile.Column, String)>) {
    for (column, field) in fields {
      let text = field.trimmingCharacters(in: .whitespaces)
      if text.isEmpty {
        if column.isRequired { fault(column, "", "the field is empty") }
        continue
      }
      read(column, text)
    }
  }

  private mutating func read(_ column: UnitFile.Column, _ text: String) {
    switch column {
    case .lat: latitude = number(column, text, in: -90...90) ?? 0
    case .lon: longitude = number(column, text, in: -180...180) ?? 0
    case .heading: headingDegrees = number(column, text, in: 0...360)
    case .turnoutSeconds: turnoutSeconds = number(column, text, in: 0...86_400)
    case .status:
      guard let known = UnitStatus(rawValue: text) else {
        return fault(column, text, "not one of " + UnitStatus.allCases.map(\.rawValue).joined(separator: ", "))
      }
      status = known
    case .id, .agency, .station, .capabilities, .profile: texts[column] = text
    }
  }

  private mutating func number(_ column: UnitFile.Column, _ text: String, in range: ClosedRange<Double>) -> Double? {
    guard let value = Double(text), range.contains(value) else {
      fault(column, text, "not a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
      return nil
    }
    return value
  }

  mutating func checkIsNew(_ lineOfID: inout [String: Int]) {
    guard let id = texts[.id] else { return }
    if let first = lineOfID[id] {
      fault(.id, id, "the id is that of line \(first)")
    } else {
      lineOfID[id] = line
    }
  }

  func unit(reportedAt: Date) -> ResponseUnit {
    let capabilities = (texts[.capabilities] ?? "").split(separator: ";")
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    return ResponseUnit(
      id: texts[.id] ?? "", agency: texts[.agency] ?? "", station: texts[.station] ?? "",
      capabilities: capabilities, profile: texts[.profile] ?? "", status: status,
      coordinate: Coordinate(latitude: latitude, longitude: longitude) ?? Coordinate(latitudeE7: 0, longitudeE7: 0),
      headingDegrees: headingDegrees, reportedAt: reportedAt, turnoutSeconds: turnoutSeconds)
  }
}
