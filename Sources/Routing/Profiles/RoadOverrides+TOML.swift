import Foundation
import Geometry
import TOMLText

/// How large a file of overrides may be.
enum OverrideLimits {
  static let fileBytes = 4 * 1024 * 1024
  /// Of each kind.
  static let entries = 20_000
  static let profiles = 100
  static let withinMeters = 1.0...2_000
}

extension RoadOverrides {
  /// Reads a file of overrides.
  ///
  /// - Throws: `FileError` with the line and the key of the first fault. O(size of the file).
  public static func load(_ path: String) throws(FileError) -> RoadOverrides {
    let text = try TextFile.text(of: path, bytesMax: OverrideLimits.fileBytes, family: .overrides)
    return try RoadOverrides(toml: text, file: path)
  }

  /// The overrides that a text describes.
  ///
  /// - Parameters:
  ///   - toml: the text of a file.
  ///   - file: what errors call it.
  public init(toml: String, file: String) throws(FileError) {
    var reader = try TOMLReader(toml: toml, file: file, family: .overrides)
    ways = try reader.entries("way", WayEntry.init)
    nodes = try reader.entries("node", NodeEntry.init)
    turns = try reader.entries("turn", TurnEntry.init)
    stations = try reader.entries("station", StationDoors.init)
    try reader.finish()
  }
}

extension RoadOverrides.Head {
  fileprivate init(_ table: inout TOMLReader) throws(FileError) {
    let profiles = try table.strings("profiles", countMax: OverrideLimits.profiles)
    self.init(line: table.line, profiles: profiles, note: try table.string("note") ?? "")
  }
}

extension RoadOverrides.WayEntry {
  fileprivate init(_ table: inout TOMLReader) throws(FileError) {
    let osmID = try table.osmID("id")
    let speedKmh = try table.number("speed_kmh", in: ProfileLimits.kmh)
    let change = WayChange(use: try table.access(), speedKmh: speedKmh)
    let direction = try table.choice("direction", RoadOverrides.Direction.self)
    self.init(osmID: osmID, change, direction: direction ?? .both, head: try RoadOverrides.Head(&table))
    // A slip of the pen first: it may be why nothing is said.
    try table.finish()
    guard change != WayChange() else { throw table.bad("id", String(osmID), "needs speed_kmh, access or both") }
  }
}

extension RoadOverrides.NodeEntry {
  fileprivate init(_ table: inout TOMLReader) throws(FileError) {
    let osmID = try table.osmID("id")
    let delaySeconds = try table.number("seconds", in: ProfileLimits.seconds)
    let change = NodeChange(use: try table.access(), delaySeconds: delaySeconds)
    self.init(osmID: osmID, change, head: try RoadOverrides.Head(&table))
    try table.finish()
    guard change != NodeChange() else { throw table.bad("id", String(osmID), "needs seconds, access or both") }
  }
}

extension RoadOverrides.TurnEntry {
  fileprivate init(_ table: inout TOMLReader) throws(FileError) {
    let (from, via, to) = (try table.osmID("from"), try table.osmID("via"), try table.osmID("to"))
    guard let rule = try table.choice("rule", TurnOverride.self) else {
      throw table.bad("rule", "", "must be \"allow\" or \"forbid\"")
    }
    self.init(fromWay: from, viaNode: via, toWay: to, rule, head: try RoadOverrides.Head(&table))
  }
}

extension StationDoors {
  fileprivate init(_ table: inout TOMLReader) throws(FileError) {
    guard let name = try table.string("name"), !name.isEmpty else {
      throw table.bad("name", "", "must be the station's name, as units give it")
    }
    guard let latitude = try table.number("lat", in: -90...90), let longitude = try table.number("lon", in: -180...180),
      let coordinate = Coordinate(latitude: latitude, longitude: longitude)
    else { throw table.bad("lat", "", "needs lat and lon, in degrees") }
    self.init(station: name, coordinate: coordinate)
    wayOSMID = try table.givenOSMID("way")
    headingDegrees = try table.number("heading_degrees", in: 0...360)
    try table.number("within_meters", in: OverrideLimits.withinMeters, into: &withinMeters)
    note = try table.string("note") ?? ""
    line = table.line
  }
}

extension TOMLReader {
  /// All entries of a kind: `[[key]]`.
  fileprivate mutating func entries<Entry>(
    _ key: String, _ read: (inout TOMLReader) throws(FileError) -> Entry
  ) throws(FileError) -> [Entry] {
    var entries: [Entry] = []
    try tables(key, countMax: OverrideLimits.entries) { (table) throws(FileError) in entries.append(try read(&table)) }
    return entries
  }

  fileprivate mutating func osmID(_ key: String) throws(FileError) -> Int64 {
    guard let id = try givenOSMID(key) else { throw bad(key, "", "must be an OSM id") }
    return id
  }

  /// `nil` if the key isn't there. Ids below 0 are those of maps that were drawn and never sent to OSM.
  fileprivate mutating func givenOSMID(_ key: String) throws(FileError) -> Int64? {
    let id = try integer(key, in: .min ... .max)
    guard id != 0 else { throw bad(key, "0", "must be an OSM id") }
    return id
  }

  /// `access = "allow"`, `"deny"` or `"last_resort"`.
  fileprivate mutating func access() throws(FileError) -> PassageRule.Use? {
    switch try choice("access", AccessWord.self) {
    case .allow: .allowed
    case .deny: .never
    case .lastResort: .lastResort
    case nil: nil
    }
  }
}

private enum AccessWord: String, CaseIterable {
  case allow, deny
  case lastResort = "last_resort"
}
