import API
import Feeds
import Foundation
import Geometry
import Traffic

/// Feeds in files beside the tests.
enum Samples {
  static func data(_ name: String) throws -> Data {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Samples")
    return try Data(contentsOf: folder.appendingPathComponent(name))
  }

  /// Every sample with its format.
  static let all: [(name: String, format: FeedFormat)] = [
    ("osrm-speeds.csv", .osrmSpeeds), ("osrm-turns.csv", .osrmTurns), ("cifs.xml", .cifs), ("cifs.json", .cifs),
    ("its-events.json", .itsEvents), ("its-speeds.json", .itsSpeeds), ("have.xml", .have),
    ("wzdx-scenario1_simple_linestring.geojson", .wzdx), ("wzdx-scenario1_simple_multipoint.geojson", .wzdx),
    ("wzdx-scenario4_detour_linestring.geojson", .wzdx), ("wzdx-scenario5_recurring_linestring.geojson", .wzdx),
    ("wzdx-scenario6_multi_lane_closure_linestring.geojson", .wzdx),
    ("wzdx-scenario8_local_access_only_bidirectional_linestring.geojson", .wzdx),
  ]
}

/// What a sample says, at a moment long before anything in it is over.
func content(
  of name: String, _ format: FeedFormat, options: FeedOptions = FeedOptions(),
  at moment: String = "2009-01-01T00:00:00Z"
) throws -> FeedContent {
  try FeedReader(format: format, source: "s", options: options).read(Samples.data(name), at: date(moment))
}

/// What a feed that is written in a test says.
func content(
  ofText text: String, _ format: FeedFormat, options: FeedOptions = FeedOptions(),
  at moment: String = "2009-01-01T00:00:00Z"
) throws -> FeedContent {
  try FeedReader(format: format, source: "s", options: options).read(Data(text.utf8), at: date(moment))
}

/// The error of a feed that is written in a test; `nil` if it is read.
func failure(ofText text: String, _ format: FeedFormat) -> FeedError? {
  failure(of: Data(text.utf8), format)
}

func failure(of data: Data, _ format: FeedFormat) -> FeedError? {
  do throws(FeedError) {
    _ = try FeedReader(format: format, source: "s").read(data)
    return nil
  } catch {
    return error
  }
}

func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

extension FeedContent {
  func closure(_ id: String) -> RoadClosure? { closures.first { $0.id == id } }

  /// Problems as "code severity id value".
  var problemTexts: [String] { problems.map { "\($0.code.rawValue) \($0.severity.rawValue) \($0.id) \($0.value)" } }

  /// True if every record is in one of the three heaps, and ids are given once.
  var addsUp: Bool {
    let taken = recordCount - idleCount - skippedCount
    let records =
      Set(closures.map { $0.id.split(separator: "#")[0] }).count + speeds.count + turnPenalties.count
      + hospitals.count
    return taken == records && skippedCount == problems.count { $0.severity == .skipped }
      && idleCount <= problems.count { $0.severity == .ignored }
      && Set(closures.map(\.id)).count == closures.count && problemCount == problems.count
  }
}

extension RoadSelector {
  var points: [Coordinate] {
    guard case .polyline(let points, _) = self else { return [] }
    return points
  }

  var direction: WayDirection? {
    guard case .polyline(_, let direction) = self else { return nil }
    return direction
  }
}

extension Coordinate {
  init(_ latitude: Double, _ longitude: Double) {
    self.init(latitudeE7: Int32((latitude * 1e7).rounded()), longitudeE7: Int32((longitude * 1e7).rounded()))
  }
}
