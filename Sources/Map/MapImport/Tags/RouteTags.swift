import RoadGraph

/// Ways on which something carries the vehicle, and how long things take that say so. Source: OSM wiki,
/// Tag:route=ferry, Tag:route=shuttle_train, Key:duration, Tag:bridge=movable.
enum RouteTags {
  /// The class of a ferry line or shuttle train; `nil` for all other ways.
  static func roadClass(_ tags: OSMTags) -> RoadClass? {
    switch tags["route"] {
    case "ferry": .ferry
    case "shuttle_train": .shuttleTrain
    default: nil
    }
  }

  /// True for a ferry line that names people on foot or bicycles and no vehicle: a boat that takes none.
  static func isBoatForPeople(_ tags: OSMTags) -> Bool {
    if let cars = carCapacityKeys.lazy.compactMap({ tags[$0] }).first { return cars == "0" || cars == "no" }
    let cargo = Set((tags["cargo"] ?? "").split { ";,".contains($0) }.map { $0.filter { $0 != " " } })
    if vehicleKeys.contains(where: { tags.isSet($0) }) || !cargo.isDisjoint(with: vehicleCargo) { return false }
    return peopleKeys.contains { tags.isSet($0) } || !cargo.isEmpty
  }

  private static let carCapacityKeys: [TagKey] = ["capacity:car", "capacity:cars", "capacity:motorcar"]
  /// A key for everybody, or for vehicles that a deck for cars has room for.
  private static let vehicleKeys: [TagKey] = [
    "access", "vehicle", "motor_vehicle", "motorcar", "hgv", "goods", "bus", "psv", "motorhome", "caravan",
    "access:conditional", "vehicle:conditional", "motor_vehicle:conditional", "motorcar:conditional",
  ]
  private static let peopleKeys: [TagKey] = [
    "foot", "bicycle", "passenger", "passengers", "wheelchair", "horse", "moped", "mofa", "motorcycle",
  ]
  private static let vehicleCargo: Set<String> = [
    "vehicle", "vehicles", "motor_vehicle", "motorcar", "motorcars", "car", "cars", "hgv", "goods", "bus", "truck",
  ]

  /// A bridge that is opened for ships.
  static func isMovableBridge(_ tags: OSMTags) -> Bool {
    tags["bridge"] == "movable" || tags["bridge:movable"].map { $0 != "no" } ?? false
  }

  /// How long the whole way takes; 0 where it does not say, and on ordinary roads.
  static func durationSeconds(_ tags: OSMTags, on roadClass: RoadClass) -> UInt32 {
    guard countsDuration(tags, roadClass) else { return 0 }
    return tags["duration"].flatMap(durationSeconds) ?? 0
  }

  /// A duration that is not understood.
  static func unknownDuration(_ tags: OSMTags, on roadClass: RoadClass) -> String? {
    guard countsDuration(tags, roadClass), let value = tags["duration"] else { return nil }
    return durationSeconds(of: value) == nil ? value : nil
  }

  private static func countsDuration(_ tags: OSMTags, _ roadClass: RoadClass) -> Bool {
    roadClass == .ferry || roadClass == .shuttleTrain || isMovableBridge(tags)
  }

  /// `20` (minutes), `00:20`, `00:20:30`, `PT1H20M`; `nil` if it is none of these or longer than ``daysMax``.
  static func durationSeconds(of value: String) -> UInt32? {
    let seconds = value.hasPrefix("P") ? isoSeconds(value.dropFirst()) : clockSeconds(value)
    guard let seconds, seconds > 0, seconds <= daysMax * 86_400 else { return nil }
    return UInt32(seconds)
  }

  private static let daysMax = 14

  private static func clockSeconds(_ value: String) -> Int? {
    let texts = value.split(separator: ":", omittingEmptySubsequences: false)
    let parts = texts.compactMap { count($0) }
    guard parts.count == texts.count, parts.count <= 3, parts.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
    let lowest = parts.reduce(0) { $0 * 60 + $1 }
    return parts.count == 3 ? lowest : lowest * 60
  }

  /// ISO 8601 without its `P`: days, then behind a `T` hours, minutes and seconds.
  private static func isoSeconds(_ value: Substring) -> Int? {
    let halves = value.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    guard let days = isoSeconds(halves[0], units: ["D": 86_400]) else { return nil }
    guard halves.count == 2 else { return days }
    return isoSeconds(halves[1], units: ["H": 3600, "M": 60, "S": 1]).map { days + $0 }
  }

  private static func isoSeconds(_ value: Substring, units: [Character: Int]) -> Int? {
    var sum = 0
    var rest = value
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard let number = count(digits), let unit = rest.popFirst().flatMap({ units[$0] }) else { return nil }
      sum += number * unit
    }
    return sum
  }

  /// A count of few digits, so that no sum overflows.
  private static func count(_ digits: Substring) -> Int? {
    (1...6).contains(digits.count) && digits.allSatisfy { $0.isASCII && $0.isNumber } ? Int(digits) : nil
  }
}
