import API
import Foundation
import Geometry

/// A CSV file of response units, as departments keep them.
///
/// The first line names the columns, in any order: `id`, `profile`, `lat` and `lon` must be there, the others may be
/// missing or empty. Capabilities are joined by `;`.
public enum UnitFile {
  /// The columns that a file may have.
  public enum Column: String, CaseIterable, Sendable, CSVColumn {
    case id, agency, station, capabilities, profile, status, lat, lon
    case turnoutSeconds = "turnout_seconds"
    case heading
    case statusAt = "status_at"

    static let ignoresOthers = false
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

  /// Reads a file's bytes: its units are good if there are no faults. Positions are of `now`, for the file has no times
  /// of them; a status is of `status_at`, or of when the server takes it. O(bytes).
  ///
  /// - Throws: what makes the rest unreadable: no CSV, a wrong first line.
  public static func read(
    _ bytes: [UInt8], now: Date
  ) throws(FileFault) -> (units: [ResponseUnit], faults: [FileFault]) {
    var (units, faults): ([ResponseUnit], [FileFault]) = ([], [])
    var lineOfID: [String: Int] = [:]
    for row in try CSVTable<Column>(bytes).rows {
      switch row.fields {
      case .failure(let fault): faults.append(fault)
      case .success(let fields):
        var row = UnitRow(line: row.line, reportedAt: now)
        row.read(fields)
        row.checkIsNew(&lineOfID)
        faults += row.faults
        units.append(row.unit)
      }
    }
    return (units, faults)
  }
}

/// One row while it is read.
private struct UnitRow {
  private(set) var unit: ResponseUnit
  private var fields: FieldReader<UnitFile.Column>
  private var (latitude, longitude) = (0.0, 0.0)

  init(line: Int, reportedAt: Date) {
    fields = FieldReader(line: line)
    unit = ResponseUnit(
      id: "", profile: "", coordinate: Coordinate(latitudeE7: 0, longitudeE7: 0), reportedAt: reportedAt)
  }

  var faults: [FileFault] { fields.faults }

  mutating func read(_ texts: [UnitFile.Column: String]) {
    for column in UnitFile.Column.allCases {
      guard let text = texts[column] else { continue }
      if !text.isEmpty {
        read(column, text)
      } else if column.isRequired {
        fields.fault(column, "", "the field is empty")
      }
    }
    unit.coordinate = Coordinate(latitude: latitude, longitude: longitude) ?? unit.coordinate
  }

  private mutating func read(_ column: UnitFile.Column, _ text: String) {
    switch column {
    case .id: unit.id = text
    case .agency: unit.agency = text
    case .station: unit.station = text
    case .profile: unit.profile = text
    case .capabilities:
      let words = text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      unit.capabilities = Set(words).subtracting([""]).sorted()
    case .status:
      guard let known = UnitStatus(rawValue: text.lowercased()) else {
        return fields.fault(column, text, "not one of " + UnitStatus.allCases.map(\.rawValue).joined(separator: ", "))
      }
      unit.status = known
    case .statusAt: unit.statusAt = fields.moment(column, text)
    case .lat: latitude = fields.number(column, text, in: -90...90) ?? 0
    case .lon: longitude = fields.number(column, text, in: -180...180) ?? 0
    case .heading: unit.headingDegrees = fields.number(column, text, check: Validation.heading)
    case .turnoutSeconds:
      unit.turnoutSeconds = fields.number(
        column, text, check: { value throws(EngineError) in try Validation.positive(value, "the turnout time") })
    }
  }

  mutating func checkIsNew(_ lineOfID: inout [String: Int]) {
    if let first = lineOfID[unit.id], !unit.id.isEmpty {
      fields.fault(.id, unit.id, "the id is that of line \(first)")
    } else {
      lineOfID[unit.id] = fields.line
    }
  }
}
