import Fleet
import Foundation
import Geometry

/// A CSV file of stations, as departments keep them.
///
/// The first line names the columns, in any order: `name`, `lat` and `lon` must be there; `id` and `district` may be.
/// Other columns are the department's own.
public enum StationFile {
  /// The columns that are read.
  private enum Column: String, CaseIterable {
    case id, name, lat, lon, district

    var isRequired: Bool { [.name, .lat, .lon].contains(self) }
  }

  /// Other names of a district's column.
  private static let districtNames = ["district", "gu"]

  /// The stations of a file. Throws `FILE_UNREADABLE`, or `INVALID_STATION_FILE` with the first fault.
  public static func stations(path: String) throws(InputFileError) -> [Station] {
    try InputFileError.reading(path, .invalidStationFile, stations)
  }

  /// Reads a file's bytes. Throws the first fault. O(bytes).
  public static func stations(_ bytes: [UInt8]) throws(FileFault) -> [Station] {
    let records = try CSVReader.records(of: bytes)
    guard let header = records.first else {
      throw FileFault(line: 1, message: "the file is empty; its first line must name the columns")
    }
    let positions = try positions(in: header)
    var stations: [Station] = []
    for record in records.dropFirst() {
      guard record.fields.count == header.fields.count else {
        throw FileFault(line: record.line, message: "\(header.fields.count) fields are needed, as in the first line")
      }
      stations.append(try station(record, positions))
    }
    guard !stations.isEmpty else { throw FileFault(line: header.line, message: "the file names no station") }
    return stations
  }

  private static func positions(in header: CSVRecord) throws(FileFault) -> [Column: Int] {
    var positions: [Column: Int] = [:]
    for (position, field) in header.fields.enumerated() {
      let name = field.trimmingCharacters(in: .whitespaces)
      guard let column = districtNames.contains(name) ? .district : Column(rawValue: name) else { continue }
      guard positions.updateValue(position, forKey: column) == nil else {
        throw FileFault(line: header.line, message: "the column \(name) occurs twice")
      }
    }
    if let missing = Column.allCases.first(where: { $0.isRequired && positions[$0] == nil }) {
      throw FileFault(line: header.line, message: "the column \(missing.rawValue) is missing")
    }
    return positions
  }

  private static func station(_ record: CSVRecord, _ positions: [Column: Int]) throws(FileFault) -> Station {
    func text(_ column: Column) -> String {
      positions[column].map { record.fields[$0].trimmingCharacters(in: .whitespaces) } ?? ""
    }
    let (name, district) = (text(.name), text(.district))
    guard !name.isEmpty else { throw FileFault(line: record.line, message: "name: the field is empty") }
    guard let latitude = Double(text(.lat)), let longitude = Double(text(.lon)),
      let coordinate = Coordinate(latitude: latitude, longitude: longitude)
    else {
      throw FileFault(
        line: record.line, message: "lat, lon: no place on earth (\(text(.lat)),\(text(.lon)))")
    }
    let label = district.isEmpty ? name : "\(name), \(district)"
    return Station(id: text(.id).isEmpty ? label : text(.id), name: label, coordinate: coordinate)
  }
}
