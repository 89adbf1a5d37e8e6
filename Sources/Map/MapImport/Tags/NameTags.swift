import Foundation
import Geometry
import RoadGraph

/// An OSM node that people name places by.
struct SourceNamedPoint {
  let osmID: Int64
  let coordinate: Coordinate
  let kind: NamedPoint.Kind
  let name: String
  let ref: String
  var meters: UInt32 = 0
}

/// What people call places by. Source: OSM wiki, Key:junction, Tag:highway=motorway_junction, Key:bridge:name,
/// Key:tunnel:name, Key:destination, Tag:highway=milestone.
enum NameTags {
  /// A junction with a name or number, a signal with the name of its junction, a milestone; `nil` for all else.
  static func point(_ node: OSMNode) -> Result<SourceNamedPoint, DropReason>? {
    let tags = node.tags
    let values = tags["highway"]?.listed ?? []
    if values.contains("milestone") { return milestone(node) }
    let name = tags["name"] ?? ""
    let kind: NamedPoint.Kind
    if values.contains("motorway_junction") {
      kind = .motorwayJunction
    } else if tags["junction"] == "yes" {
      kind = .junction
    } else if values.contains("traffic_signals") {
      kind = .signals
    } else {
      return nil
    }
    let ref = kind == .signals ? "" : tags["ref"] ?? ""
    guard !name.isEmpty || !ref.isEmpty else { return nil }
    return .success(
      SourceNamedPoint(osmID: node.id, coordinate: coordinate(of: node), kind: kind, name: name, ref: ref))
  }

  private static func milestone(_ node: OSMNode) -> Result<SourceNamedPoint, DropReason> {
    guard let meters = (node.tags["distance"] ?? node.tags["pk"]).flatMap(meters) else {
      return .failure(.milestoneWithoutDistance)
    }
    var point = SourceNamedPoint(
      osmID: node.id, coordinate: coordinate(of: node), kind: .milestone,
      name: node.tags["direction"] ?? node.tags["carriageway_ref"] ?? "", ref: node.tags["ref"] ?? "")
    point.meters = meters
    return .success(point)
  }

  /// Of kilometres such as `28.4`, `28,4`, `28+400` or `28.4 km`; `nil` for what is none.
  static func meters(_ text: String) -> UInt32? {
    var text = text.lowercased().replacing(",", with: ".")
    if text.hasSuffix("km") { text.removeLast(2) }
    let parts = text.trimmingCharacters(in: .whitespaces).split(separator: "+", omittingEmptySubsequences: false)
    guard parts.count <= 2, let kilometres = Double(parts[0]), let rest = parts.count == 2 ? Double(parts[1]) : 0
    else { return nil }
    let meters = kilometres * 1_000 + rest
    return (0...metersMax).contains(meters) ? UInt32(meters.rounded()) : nil
  }

  /// No road is longer.
  private static let metersMax = 100_000_000.0

  private static func coordinate(of node: OSMNode) -> Coordinate {
    Coordinate(latitudeE7: node.latitudeE7, longitudeE7: node.longitudeE7)
  }

  /// The bridge or tunnel of an OSM way, and where signs say that it leads.
  static func names(_ tags: OSMTags) -> [(WayName.Kind, String)] {
    let names: [(WayName.Kind, String?)] = [
      (.bridge, tags["bridge:name"]), (.tunnel, tags["tunnel:name"]),
      (.destinationForward, tags["destination:forward"] ?? tags["destination"]),
      (.destinationBackward, tags["destination:backward"]),
    ]
    return names.compactMap { kind, text in text.map { (kind, $0) } }
  }

  private static let otherKeys: [TagKey] = ["name:en", "name:ko", "name:vi"]

  /// The name in other languages.
  static func otherNames(_ tags: OSMTags, of name: String) -> [String] {
    otherKeys.compactMap { tags[$0] }.filter { $0 != name }
  }
}
