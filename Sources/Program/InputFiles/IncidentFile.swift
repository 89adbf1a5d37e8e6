import API
import Foundation
import Geometry

/// A CSV file of incidents that want units at the same time.
///
/// The first line names the columns, in any order: `id`, `lat` and `lon` must be there, the others may be missing or
/// empty. What is wanted comes from `type` or `plan`; where a line has neither, from whoever reads the file. Committed
/// units are joined by `;`.
public enum IncidentFile {
  /// The columns that a file may have.
  public enum Column: String, CaseIterable, Sendable, CSVColumn {
    case id, priority, lat, lon, heading, type, plan, level, committed

    static let ignoresOthers = false
    var isRequired: Bool { [.id, .lat, .lon].contains(self) }
  }

  /// The incidents of a file.
  ///
  /// - Parameter lines: wanted where a line of the file names neither a type nor a plan; `nil` if it has to.
  /// - Throws: `FILE_UNREADABLE`, or `INVALID_INCIDENT_FILE` with all faults.
  public static func incidents(path: String, lines: PlanLevel?) throws(InputFileError) -> [IncidentNeed] {
    let (incidents, faults) = try InputFileError.reading(path, .invalidIncidentFile) { bytes throws(FileFault) in
      try read(bytes, lines: lines)
    }
    guard faults.isEmpty else { throw InputFileError(code: .invalidIncidentFile, faults: faults, value: path) }
    return incidents
  }

  /// Reads a file's bytes: its incidents are good if there are no faults. O(bytes).
  ///
  /// - Throws: what makes the rest unreadable: no CSV, a wrong first line.
  public static func read(
    _ bytes: [UInt8], lines: PlanLevel?
  ) throws(FileFault) -> (incidents: [IncidentNeed], faults: [FileFault]) {
    var (incidents, faults): ([IncidentNeed], [FileFault]) = ([], [])
    for row in try CSVTable<Column>(bytes).rows {
      switch row.fields {
      case .failure(let fault): faults.append(fault)
      case .success(let fields):
        var reader = FieldReader<Column>(line: row.line)
        if let incident = incident(fields, lines, &reader) { incidents.append(incident) }
        faults += reader.faults
      }
    }
    return (incidents, faults)
  }

  /// `nil` if a field has a fault.
  private static func incident(
    _ fields: [Column: String], _ lines: PlanLevel?, _ reader: inout FieldReader<Column>
  ) -> IncidentNeed? {
    let given = fields.filter { !$0.value.isEmpty }
    for column in Column.allCases where column.isRequired && given[column] == nil {
      reader.fault(column, "", "the field is empty")
    }
    let latitude = given[.lat].flatMap { reader.number(.lat, $0, in: -90...90) }
    let longitude = given[.lon].flatMap { reader.number(.lon, $0, in: -180...180) }
    let heading = given[.heading].flatMap { reader.number(.heading, $0, check: Validation.heading) }
    let priority = given[.priority].flatMap { reader.whole(.priority, $0, in: 0...Limits.priorityMax) }
    let level = given[.level].flatMap { reader.whole(.level, $0, in: 1...Limits.planLevelsMax) }
    let wanted = wanted(given, lines, &reader)
    guard reader.faults.isEmpty, let id = given[.id], let latitude, let longitude, let wanted,
      let coordinate = Coordinate(latitude: latitude, longitude: longitude)
    else { return nil }
    var incident = IncidentNeed(
      id, at: Place(coordinate, headingDegrees: heading), priority: priority ?? 0, wanted: wanted)
    incident.level = level ?? 1
    incident.committedIDs = (given[.committed] ?? "").split(separator: ";").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return incident
  }

  private static func wanted(
    _ given: [Column: String], _ lines: PlanLevel?, _ reader: inout FieldReader<Column>
  ) -> RecommendRequest.Wanted? {
    switch (given[.type], given[.plan]) {
    case (let type?, nil): return .incidentType(type)
    case (nil, let plan?): return .plan(id: plan)
    case (_?, let plan?): reader.fault(.plan, plan, "the incident has a type as well")
    case (nil, nil):
      if let lines { return .lines(lines) }
      reader.fault(.type, "", "neither a type nor a plan")
    }
    return nil
  }
}
