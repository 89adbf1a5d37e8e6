import Fleet
import Geometry

/// A CSV file of stations, as departments keep them.
///
/// The first line names the columns, in any order: `name`, `lat` and `lon` must be there; `id` and `district` may be.
/// Other columns are the department's own.
public enum StationFile {
  /// The columns that are read.
  private enum Column: String, CSVColumn {
    case id, name, lat, lon, district

    static let ignoresOthers = true
    var isRequired: Bool { [.name, .lat, .lon].contains(self) }

    static func named(_ name: String) -> Self? { name == "gu" ? .district : Self(rawValue: name) }
  }

  /// The stations of a file. Throws `FILE_UNREADABLE`, or `INVALID_STATION_FILE` with the first fault.
  public static func stations(path: String) throws(InputFileError) -> [Station] {
    try InputFileError.reading(path, .invalidStationFile, stations)
  }

  /// Reads a file's bytes. Throws the first fault. O(bytes).
  public static func stations(_ bytes: [UInt8]) throws(FileFault) -> [Station] {
    let table = try CSVTable<Column>(bytes)
    let stations = try table.rows.map { row throws(FileFault) in try station(row.fields.get(), line: row.line) }
    guard !stations.isEmpty else { throw FileFault(line: table.headerLine, message: "the file names no station") }
    return stations
  }

  private static func station(_ fields: [Column: String], line: Int) throws(FileFault) -> Station {
    func text(_ column: Column) -> String { fields[column] ?? "" }
    let (name, district) = (text(.name), text(.district))
    guard !name.isEmpty else { throw FileFault(line: line, column: "name", message: "the field is empty") }
    guard let latitude = Double(field: text(.lat)), let longitude = Double(field: text(.lon)),
      let coordinate = Coordinate(latitude: latitude, longitude: longitude)
    else {
      throw FileFault(
        line: line, column: "lat, lon", message: "no place on earth", value: "\(text(.lat)),\(text(.lon))")
    }
    let label = district.isEmpty ? name : "\(name), \(district)"
    return Station(id: text(.id).isEmpty ? label : text(.id), name: label, coordinate: coordinate)
  }
}
