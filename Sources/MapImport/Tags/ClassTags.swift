import RoadGraph

/// Which OSM ways are roads, and of which class. Source: OSM wiki, Key:highway, Tag:route=ferry.
enum ClassTags {
  enum Verdict {
    case road(RoadClass)
    case dropped(DropReason, value: String?)
    /// Nothing that an import of roads would miss.
    case notARoad
  }

  static func verdict(_ tags: OSMTags) -> Verdict {
    guard let highway = tags["highway"] else { return ferry(tags) }
    if tags["area"] == "yes" { return .dropped(.wayIsArea, value: highway) }
    if let roadClass = RoadClass(highway: highway) { return .road(roadClass) }
    if notInUse.contains(highway) { return .dropped(.wayNotInUse, value: highway) }
    if paths.contains(highway), isForResponders(tags) { return .road(.path) }
    if case .road(let roadClass) = ferry(tags) { return .road(roadClass) }
    return .dropped(.wayNotDriven, value: highway)
  }

  private static func ferry(_ tags: OSMTags) -> Verdict {
    guard tags["route"] == "ferry" else { return .notARoad }
    let takesCars = (tags["motorcar"] ?? tags["motor_vehicle"]) != "no"
    return takesCars ? .road(.ferry) : .dropped(.ferryWithoutCars, value: nil)
  }

  /// Paths count only where the map says that responders use them.
  static func isForResponders(_ tags: OSMTags) -> Bool {
    switch tags["emergency"] {
    case "yes", "designated", "official": return true
    default: break
    }
    return tags["service"] == "emergency_access" || tags["access"] == "emergency" || tags["vehicle"] == "emergency"
      || tags["motor_vehicle"] == "emergency" || tags["motorcar"] == "emergency"
  }

  private static let paths: Set<String> = ["path", "footway", "cycleway", "bridleway"]
  private static let notInUse: Set<String> = [
    "construction", "proposed", "planned", "abandoned", "disused", "razed", "demolished", "historic",
  ]
}

extension RoadClass {
  /// The class of a `highway` value that motor vehicles use; `nil` for all others.
  fileprivate init?(highway: String) {
    if highway == "road" {
      self = .unclassified
    } else if let named = Self.byOSMName[highway] {
      self = named
    } else {
      return nil
    }
  }

  private static let byOSMName: [String: RoadClass] = Dictionary(
    uniqueKeysWithValues: allCases.filter { $0 != .ferry && $0 != .path }.map { ($0.osmName, $0) })
}
