import API
import Foundation
import Geometry

/// A CSV file of positions, as a gateway of vehicle locations writes them.
///
/// The first line names the columns, in any order: `id`, `lat` and `lon` must be there, the others may be missing or
/// empty. A unit may come more than once.
public enum PositionFile {
  /// The columns that a file may have.
  public enum Column: String, CaseIterable, Sendable, CSVColumn {
    case id, lat, lon, heading
    case speedKmh = "speed_kmh"
    case reportedAt = "reported_at"

    static let ignoresOthers = false
    var isRequired: Bool { [.id, .lat, .lon].contains(self) }
  }

  /// Reads a file's bytes: the positions of the lines without a fault, and the faults of the others. O(bytes).
  ///
  /// - Parameter path: of the file, for an error.
  /// - Throws: `INVALID_POSITION_FILE` for what makes the rest unreadable: no CSV, a wrong first line.
  public static func read(
    _ bytes: [UInt8], path: String
  ) throws(InputFileError) -> (positions: [PositionReport], faults: [FileFault]) {
    do throws(FileFault) {
      return try read(bytes)
    } catch {
      throw InputFileError(code: .invalidPositionFile, faults: [error], value: path)
    }
  }

  private static func read(
    _ bytes: [UInt8]
  ) throws(FileFault) -> (positions: [PositionReport], faults: [FileFault]) {
    var (positions, faults): ([PositionReport], [FileFault]) = ([], [])
    for row in try CSVTable<Column>(bytes).rows {
      switch row.fields {
      case .failure(let fault): faults.append(fault)
      case .success(let fields):
        var reader = FieldReader<Column>(line: row.line)
        if let position = position(fields, &reader) { positions.append(position) }
        faults += reader.faults
      }
    }
    return (positions, faults)
  }

  /// `nil` if a field has a fault.
  private static func position(_ fields: [Column: String], _ reader: inout FieldReader<Column>) -> PositionReport? {
    let given = fields.filter { !$0.value.isEmpty }
    for column in Column.allCases where column.isRequired && given[column] == nil {
      reader.fault(column, "", "the field is empty")
    }
    let latitude = given[.lat].flatMap { reader.number(.lat, $0, in: -90...90) }
    let longitude = given[.lon].flatMap { reader.number(.lon, $0, in: -180...180) }
    let heading = given[.heading].flatMap { reader.number(.heading, $0, check: Validation.heading) }
    let kmh = given[.speedKmh].flatMap { reader.number(.speedKmh, $0, in: 0...Limits.speedKmhMax) }
    let reportedAt = given[.reportedAt].flatMap { reader.moment(.reportedAt, $0) }
    guard reader.faults.isEmpty, let id = given[.id], let latitude, let longitude,
      let coordinate = Coordinate(latitude: latitude, longitude: longitude)
    else { return nil }
    return PositionReport(
      id: id, coordinate: coordinate, headingDegrees: heading, speedKmh: kmh, reportedAt: reportedAt)
  }
}
