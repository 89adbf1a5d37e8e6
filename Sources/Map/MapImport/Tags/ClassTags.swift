import RoadGraph

/// Which OSM ways are roads, and of which class. Source: OSM wiki, Key:highway, Key:construction.
enum ClassTags {
  enum Verdict {
    case road(RoadClass)
    case dropped(DropReason, value: String?)
    /// Nothing that an import of roads would miss.
    case notARoad
  }

  static func verdict(_ tags: OSMTags) -> Verdict {
    if let carrier = RouteTags.roadClass(tags) { return carried(tags, by: carrier) }
    guard let highway = tags["highway"] else { return .notARoad }
    if tags["area"] == "yes" { return .dropped(.wayIsArea, value: highway) }
    if notInUse.contains(highway) { return .dropped(.wayNotInUse, value: highway) }
    guard let roadClass = RoadClass(highway: highway) ?? PathTags.roadClass(tags, highway: highway) else {
      return .dropped(.wayNotDriven, value: highway)
    }
    if let works = works(tags) { return .dropped(.wayNotInUse, value: works) }
    return .road(roadClass)
  }

  private static func carried(_ tags: OSMTags, by roadClass: RoadClass) -> Verdict {
    let flags = TagDirection.allCases.map { AccessTags.flags(tags, $0, on: roadClass) }
    let takesCars = flags.contains { !$0.isDisjoint(with: [.civil, .ownersOnly, .bus, .emergency]) }
    return takesCars ? .road(roadClass) : .dropped(.ferryWithoutCars, value: nil)
  }

  /// What is built on a road that is otherwise in use; `nil` if one can drive on.
  private static func works(_ tags: OSMTags) -> String? {
    if let construction = tags["construction"], !passableWorks.contains(construction) {
      return "construction=\(construction)"
    }
    return tags["railway"] == "construction" ? "railway=construction" : nil
  }

  private static let passableWorks: Set<String> = ["no", "minor", "widening"]
  private static let notInUse: Set<String> = [
    "construction", "proposed", "planned", "abandoned", "disused", "razed", "demolished", "historic",
  ]
}

/// Paths that a vehicle can drive: where responders may, where motor vehicles may, and paved ones that are wide enough.
///
/// The last are for profiles that cross parks. Beside roads (sidewalks), across them (crossings) and on footbridges,
/// which bear no weight, there is nothing to gain.
enum PathTags {
  /// ``RoadClass/path`` for such a path, and for a way of any class that a vehicle could drive and a tag opens (a
  /// runway, or a class that nobody knows); `nil` for all others.
  static func roadClass(_ tags: OSMTags, highway: String) -> RoadClass? {
    guard !undrivable.contains(highway) else { return nil }
    let isOpened = EmergencyTags.opensPath(tags) || AccessTags.opensToCars(tags, .path)
    return isOpened || kinds.contains(highway) && isWideAndPaved(tags) ? .path : nil
  }

  /// No tag makes roads of stairs, of what lies indoors, or of the outlines of places where one rests.
  private static let undrivable: Set<String> = [
    "steps", "corridor", "elevator", "ladder", "via_ferrata", "platform", "services", "rest_area",
  ]

  private static func isWideAndPaved(_ tags: OSMTags) -> Bool {
    guard SizeTags.widthCentimeters(tags["width"]) >= widthCentimetersMin,
      let surface = tags["surface"].flatMap(SurfaceTags.surface), bearing.contains(surface)
    else { return false }
    let isPartOfARoad = subkeys.contains { tags[$0].map(partsOfRoads.contains) ?? false }
    return !isPartOfARoad && tags["is_sidepath"] != "yes" && tags["bridge"] ?? "no" == "no"
      && tags["indoor"] ?? "no" == "no"
  }

  /// A fire engine is 2.5 m wide.
  private static let widthCentimetersMin: UInt16 = 250
  private static let kinds: Set<String> = ["path", "footway", "cycleway", "bridleway"]
  private static let subkeys: [TagKey] = ["footway", "cycleway", "path"]
  private static let partsOfRoads: Set<String> = [
    "sidewalk", "crossing", "traffic_island", "island", "sidepath", "link", "access_aisle",
  ]
  private static let bearing: Set<Surface> = [
    .paved, .asphalt, .concrete, .cement, .pavingStones, .bricks, .sett, .cobblestone,
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
    uniqueKeysWithValues: allCases.filter { ![.ferry, .shuttleTrain, .path].contains($0) }.map { ($0.osmName, $0) })
}
