import API
import Traffic

/// A link table as CSV: a line for each stretch of an OSM way, those of a link in the order of travel.
public enum LinkTableFile {
  /// The names of the fields, which are the first line.
  public static let columns = ["link_id", "quality", "way_osm_id", "from_osm_node", "to_osm_node"]

  /// The stretches of a file. Throws `LINKS_UNREADABLE`.
  public static func stretches(path: String) throws(InputFileError) -> [LinkStretch] {
    try InputFileError.reading(path, .linksUnreadable, unreadable: .linksUnreadable, stretches)
  }

  /// Reads a file's bytes. O(bytes).
  public static func stretches(_ bytes: [UInt8]) throws(FileFault) -> [LinkStretch] {
    let records = try CSVReader.records(of: bytes)
    guard let first = records.first, first.fields == columns else {
      throw FileFault(
        line: records.first?.line ?? 1, message: "the first line must be \(columns.joined(separator: ","))")
    }
    return try records.dropFirst().map { (record) throws(FileFault) in
      let numbers = record.fields.dropFirst(2).map { Int64($0) }
      guard record.fields.count == columns.count, let way = numbers[0], let from = numbers[1], let to = numbers[2]
      else {
        throw FileFault(
          line: record.line,
          message: "not \(columns.joined(separator: ",")): \(record.fields.joined(separator: ","))")
      }
      return LinkStretch(linkID: record.fields[0], wayOSMID: way, nodes: OSMNodePair(from: from, to: to))
    }
  }
}
