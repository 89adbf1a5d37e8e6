import API
import Foundation
import Geometry

/// A CSV file of response units, as departments keep them.
///
/// The first line names the columns, in any order: `id`, `profile`, `lat` and `lon` must be there, the others may be
/// missing or empty. Capabilities are joined by `;`. Moments are such as 2026-05-01T12:00:00Z, or milliseconds since
/// 1970.
public enum UnitFile {
  /// The columns that a file may have.
  public enum Column: String, CaseIterable, Sendable, CSVColumn {
    case id, agency, station, capabilities, profile, status, lat, lon
    case turnoutSeconds = "turnout_seconds"
    case heading
    case statusAt = "status_at"
    case homeLat = "home_lat"
    case homeLon = "home_lon"
    case crewCount = "crew_count"
    case crew
    case idleSince = "idle_since"
    case incident
    case incidentPriority = "incident_priority"
    case destinationLat = "destination_lat"
    case destinationLon = "destination_lon"
    case freeAt = "free_at"
    case post

    /// What every fleet has; the others are for those whose dispatch system knows more.
    public static let usual: [Column] = [
      .id, .agency, .station, .capabilities, .profile, .status, .lat, .lon, .turnoutSeconds,
    ]

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
  /// Latitudes and longitudes, by the columns that they stand in.
  private var degrees: [UnitFile.Column: Double] = [:]
  private var task = UnitTask()

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
    unit.coordinate = coordinate(.lat, .lon) ?? unit.coordinate
    unit.home = place(.homeLat, .homeLon, texts)
    task.destination = place(.destinationLat, .destinationLon, texts)
    if task != UnitTask() { unit.task = task }
  }

  private func coordinate(_ latitude: UnitFile.Column, _ longitude: UnitFile.Column) -> Coordinate? {
    guard let latitude = degrees[latitude], let longitude = degrees[longitude] else { return nil }
    return Coordinate(latitude: latitude, longitude: longitude)
  }

  /// A place that may be left empty, but not half of it.
  private mutating func place(
    _ latitude: UnitFile.Column, _ longitude: UnitFile.Column, _ texts: [UnitFile.Column: String]
  ) -> Place? {
    let isGiven = [latitude, longitude].map { !(texts[$0] ?? "").isEmpty }
    if isGiven[0] != isGiven[1] {
      fields.fault(isGiven[0] ? longitude : latitude, "", "the field is empty, and the other half of the place isn't")
    }
    return coordinate(latitude, longitude).map { Place($0) }
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
    case .lat, .homeLat, .destinationLat: degrees[column] = fields.number(column, text, in: -90...90)
    case .lon, .homeLon, .destinationLon: degrees[column] = fields.number(column, text, in: -180...180)
    case .heading: unit.headingDegrees = fields.number(column, text, check: Validation.heading)
    case .turnoutSeconds:
      unit.turnoutSeconds = fields.number(
        column, text, check: { value throws(EngineError) in try Validation.positive(value, "the turnout time") })
    case .crewCount: unit.crewCount = fields.whole(column, text, in: 0...Limits.crewCountMax)
    case .crew: unit.crewID = text
    case .idleSince: unit.idleSince = fields.moment(column, text)
    case .incident: task.incidentID = text
    case .incidentPriority: task.priority = fields.whole(column, text, in: 0...Limits.priorityMax) ?? 0
    case .freeAt: task.freeAt = fields.moment(column, text)
    case .post: task.postID = text
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
