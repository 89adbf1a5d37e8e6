import API
import Foundation

/// A CSV file of places where a vehicle was, one after the other.
///
/// The first line names the columns, in any order: `lat` and `lon` must be there; `time`, `accuracy` (metres) and
/// `heading` may be missing or empty. Other columns are the file's own.
public enum TraceFile {
  private enum Column: String, CSVColumn {
    case time, lat, lon, accuracy, heading

    static let ignoresOthers = true
    var isRequired: Bool { self == .lat || self == .lon }
  }

  /// The points of a file.
  ///
  /// - Throws: `FILE_UNREADABLE`, or `INVALID_POSITION_FILE` with all faults.
  public static func points(path: String) throws(InputFileError) -> [TracePoint] {
    let (points, faults) = try InputFileError.reading(path, .invalidPositionFile, read)
    guard faults.isEmpty else { throw InputFileError(code: .invalidPositionFile, faults: faults, value: path) }
    return points
  }

  /// Reads a file's bytes: its points are good if there are no faults. O(bytes).
  ///
  /// - Throws: what makes the rest unreadable: no CSV, a wrong first line, no point at all.
  public static func read(_ bytes: [UInt8]) throws(FileFault) -> (points: [TracePoint], faults: [FileFault]) {
    var (points, faults): ([TracePoint], [FileFault]) = ([], [])
    let table = try CSVTable<Column>(bytes)
    for row in table.rows {
      switch row.fields {
      case .failure(let fault): faults.append(fault)
      case .success(let fields):
        var reader = FieldReader<Column>(line: row.line)
        if let point = point(fields, &reader) { points.append(point) }
        faults += reader.faults
      }
    }
    if points.isEmpty, faults.isEmpty { throw FileFault(line: table.headerLine, message: "the file has no point") }
    return (points, faults)
  }

  /// `nil` if a field has a fault.
  private static func point(_ fields: [Column: String], _ reader: inout FieldReader<Column>) -> TracePoint? {
    let given = fields.filter { !$0.value.isEmpty }
    guard let place = reader.place(fields, .lat, .lon, heading: .heading) else { return nil }
    var point = TracePoint(place.coordinate, headingDegrees: place.headingDegrees)
    point.at = given[.time].flatMap { reader.moment(.time, $0) }
    if let text = given[.accuracy],
      let meters = reader.number(
        .accuracy, text,
        check: { meters throws(EngineError) in try Validation.radius(meters, max: Limits.matchAccuracyMetersMax) })
    {
      point.accuracyMeters = meters
    }
    return reader.faults.isEmpty ? point : nil
  }
}
