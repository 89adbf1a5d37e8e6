import RoadGraph

/// What a road is made of and how even it is. Source: OSM wiki, Key:surface, Key:smoothness, Key:tracktype.
enum SurfaceTags {
  /// The surface; where the map gives none, a track counts as unpaved unless it is of grade 1.
  static func surface(_ tags: OSMTags, on roadClass: RoadClass) -> Surface {
    if let stated = tags["surface"].flatMap(surface) { return stated }
    switch trackGrade(tags) {
    case 0: return roadClass == .track ? .unpaved : .unknown
    case 1: return .unknown
    default: return .unpaved
    }
  }

  /// The worst surface of a list such as `asphalt;gravel`; `nil` if nothing of it is known.
  static func surface(of value: String) -> Surface? {
    let parts = value.split { ";/,".contains($0) }
    return parts.compactMap { known[name($0)] }.max { $0.rawValue < $1.rawValue }
  }

  /// `concrete:plates` is a kind of concrete.
  private static func name(_ part: Substring) -> String {
    part.prefix { $0 != ":" }.lowercased().filter { $0 != " " }
  }

  static func smoothness(_ tags: OSMTags) -> Smoothness {
    if tags["impassable"] == "yes" || tags["status"] == "impassable" { return .impassable }
    return tags["smoothness"].flatMap { smoothnesses[$0] } ?? .unknown
  }

  /// 1 to 5; 0 if the map tells none.
  static func trackGrade(_ tags: OSMTags) -> UInt8 { tags["tracktype"].flatMap { grades[$0] } ?? 0 }

  /// Values that are not understood.
  static func unknownValues(_ tags: OSMTags) -> [String] {
    var unknown: [String] = []
    if let value = tags["surface"], surface(of: value) == nil { unknown.append(value) }
    if let value = tags["smoothness"], smoothnesses[value] == nil { unknown.append(value) }
    if let value = tags["tracktype"], grades[value] == nil { unknown.append(value) }
    return unknown
  }

  private static let grades: [String: UInt8] = ["grade1": 1, "grade2": 2, "grade3": 3, "grade4": 4, "grade5": 5]

  private static let smoothnesses: [String: Smoothness] = Dictionary(
    uniqueKeysWithValues: Smoothness.allCases.filter { $0 != .unknown }.map { ($0.osmName, $0) })

  private static let known: [String: Surface] = {
    let named = Surface.allCases.filter { $0 != .unknown }.map { ($0.osmName, $0) }
    return Dictionary(uniqueKeysWithValues: named).merging(alike) { $1 }
  }()

  /// Values without an entry of their own, as what they drive like.
  private static let alike: [String: Surface] = [
    "chipseal": .asphalt, "bitumen": .asphalt, "tarmac": .asphalt, "paving_stone": .pavingStones, "brick": .bricks,
    "unhewn_cobblestone": .cobblestone, "cobblestones": .cobblestone, "granite": .sett, "metal_grid": .metal,
    "steel": .metal, "plastic": .tartan, "rubber": .tartan, "acrylic": .tartan, "carpet": .tartan,
    "artificial_turf": .tartan, "shells": .fineGravel, "grit": .fineGravel, "woodchips": .ground, "soil": .ground,
    "terra": .ground, "salt": .ground, "mulch": .ground, "laterite": .earth, "rocky": .rock, "rocks": .rock,
    "stones": .stone, "pebbles": .pebblestone, "turf": .grass,
  ]
}
