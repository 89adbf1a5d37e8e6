import Foundation
import MapMatching
import RoadGraph
import Traffic

/// A link table as CSV: a line for each stretch of an OSM way, those of a link in the order of travel.
enum LinkTableFile {
  private static let columns = ["link_id", "quality", "way_osm_id", "from_osm_node", "to_osm_node"]

  static let header = csvLine(columns)

  /// The lines of one link.
  static func lines(_ id: String, _ match: RoadMatch, on network: RoadNetwork, _ nodes: OSMNodeIndex) -> String {
    network.wayStretches(of: match).joined().compactMap { stretch in
      guard let way = network.way(osmID: stretch.wayOSMID),
        let first = nodes.osmNode(number: stretch.nodes.lowerBound, ofWay: way),
        let last = nodes.osmNode(number: stretch.nodes.upperBound, ofWay: way)
      else { return nil }
      let (from, to) = stretch.isAgainstWay ? (last, first) : (first, last)
      return csvLine([
        id, Figures.decimals(match.quality.overall, 3), "\(stretch.wayOSMID)", "\(from)", "\(to)",
      ])
    }.joined()
  }

  /// Reads a table. Throws a `CommandFailure` with file, line and value.
  static func stretches(path: String) throws -> [LinkStretch] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure("LINKS_UNREADABLE", "the file can't be read", value: path)
    }
    let records: [CSVRecord]
    do throws(CSVError) {
      records = try CSVReader.records(of: Array(data))
    } catch {
      throw CommandFailure("LINKS_UNREADABLE", "\(path), line \(error.line): \(error.message)")
    }
    guard let first = records.first, first.fields == columns else {
      throw CommandFailure(
        "LINKS_UNREADABLE", "\(path) is no link table: it begins with \(columns.joined(separator: ","))",
        value: records.first?.fields.joined(separator: ",") ?? "")
    }
    return try records.dropFirst().map { record in
      let numbers = record.fields.dropFirst(2).map { Int64($0) }
      guard record.fields.count == columns.count, let way = numbers[0], let from = numbers[1], let to = numbers[2]
      else {
        throw CommandFailure(
          "LINKS_UNREADABLE", "\(path), line \(record.line): not \(columns.joined(separator: ","))",
          value: record.fields.joined(separator: ","))
      }
      return LinkStretch(linkID: record.fields[0], wayOSMID: way, nodes: OSMNodePair(from: from, to: to))
    }
  }
}
