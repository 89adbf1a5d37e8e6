import API

/// A CSV file of places: calls, stations, addresses.
///
/// The first line names the columns, in any order: `id`, `lat` and `lon` must be there, `heading` may be missing or
/// empty. Other columns are the file's own.
public enum PlaceFile {
  /// A place and its name in the file. Names need not differ: answers have the places in their order.
  public struct NamedPlace: Sendable, Equatable {
    public var id: String
    public var place: Place
  }

  private enum Column: String, CSVColumn {
    case id, lat, lon, heading

    static let ignoresOthers = true
    var isRequired: Bool { self != .heading }
  }

  /// The places of a file.
  ///
  /// - Throws: `FILE_UNREADABLE`, or `INVALID_PLACE_FILE` with all faults.
  public static func places(path: String) throws(InputFileError) -> [NamedPlace] {
    let (places, faults) = try InputFileError.reading(path, .invalidPlaceFile, read)
    guard faults.isEmpty else { throw InputFileError(code: .invalidPlaceFile, faults: faults, value: path) }
    return places
  }

  /// Reads a file's bytes: its places are good if there are no faults. O(bytes).
  ///
  /// - Throws: what makes the rest unreadable: no CSV, a wrong first line, no place at all.
  public static func read(_ bytes: [UInt8]) throws(FileFault) -> (places: [NamedPlace], faults: [FileFault]) {
    var (places, faults): ([NamedPlace], [FileFault]) = ([], [])
    let table = try CSVTable<Column>(bytes)
    for row in table.rows {
      switch row.fields {
      case .failure(let fault): faults.append(fault)
      case .success(let fields):
        var reader = FieldReader<Column>(line: row.line)
        if let place = reader.place(fields, .lat, .lon, heading: .heading) {
          places.append(NamedPlace(id: fields[.id] ?? "", place: place))
        }
        faults += reader.faults
      }
    }
    if places.isEmpty, faults.isEmpty { throw FileFault(line: table.headerLine, message: "the file names no place") }
    return (places, faults)
  }
}
