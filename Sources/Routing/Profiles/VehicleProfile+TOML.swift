import RoadGraph
import TOMLText

extension VehicleProfile {
  /// Reads a profile. Keys that the text leaves out are those of `base`.
  ///
  /// - Parameters:
  ///   - toml: the text of a profile file.
  ///   - file: what errors call it.
  ///   - base: finds the profile that `based_on` names, or the default one for `nil`.
  /// - Throws: a key that the schema lacks, a wrong type or a value out of range is never overlooked.
  public init(
    toml: String, file: String, base: (_ name: String?) -> VehicleProfile?
  ) throws(ProfileError) {
    do {
      try self.init(reading: TOMLReader(toml: toml, file: file), base: base)
    } catch {
      throw ProfileError(error)
    }
  }

  private init(
    reading reader: consuming TOMLReader, base: (_ name: String?) -> VehicleProfile?
  ) throws(TOMLError) {
    let baseName = try reader.string("based_on")
    guard var profile = base(baseName) else {
      throw reader.bad("based_on", baseName ?? "", "no such profile to be based on")
    }
    try profile.readHead(&reader)
    try reader.section("vehicle") { (section) throws(TOMLError) in try profile.size.read(&section) }
    try reader.section("speeds") { (section) throws(TOMLError) in try profile.speeds.read(&section) }
    try profile.roads.read(&reader)
    try reader.section("reluctance") { (section) throws(TOMLError) in try profile.reluctance.read(&section) }
    try reader.section("delays") { (section) throws(TOMLError) in try profile.delays.read(&section) }
    try reader.section("turns") { (section) throws(TOMLError) in try profile.turns.read(&section) }
    try reader.section("barriers") { (section) throws(TOMLError) in try profile.barriers.read(&section) }
    try reader.section("exemptions") { (section) throws(TOMLError) in try profile.exemptions.read(&section) }
    try reader.section("civil_traffic") { (section) throws(TOMLError) in try profile.civilTraffic.read(&section) }
    try reader.finish()
    self = profile
  }

  private mutating func readHead(_ reader: inout TOMLReader) throws(TOMLError) {
    guard let name = try reader.string("name") else { throw reader.bad("name", "", "a profile needs a name") }
    guard Self.isName(name) else {
      throw reader.bad("name", name, "a name is 1 to 64 of a-z, 0-9, _ and -")
    }
    self.name = name
    if let summary = try reader.string("summary") { self.summary = summary }
    if let siren = try reader.choice("siren", Siren.self) { self.siren = siren }
    try reader.number("turnout_seconds", in: ProfileLimits.seconds, into: &turnoutSeconds)
  }

  private static func isName(_ text: String) -> Bool {
    (1...ProfileLimits.nameLength).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
      }
  }
}

/// What a profile may contain.
enum ProfileLimits {
  static let nameLength = 64
  /// A profile file is a few kilobytes; what is larger isn't one.
  static let fileBytes = 256 * 1024
  /// A day: anything longer is "never".
  static let seconds = 0.0...86_400
  static let kmh = 1.0...300
  static let factor = 0.1...5
  static let share = 0.0...2
  /// No vehicle on roads is larger; 0 is small enough for every limit.
  static let heightMeters = 0.0...10
  static let widthMeters = 0.0...10
  static let lengthMeters = 0.0...50
  static let tonnes = 0.0...200
  static let reluctance = 1.0...100
}

extension VehicleProfile.Size {
  fileprivate mutating func read(_ section: inout TOMLReader) throws(TOMLError) {
    try section.number("height_meters", in: ProfileLimits.heightMeters, into: &heightMeters)
    try section.number("width_meters", in: ProfileLimits.widthMeters, into: &widthMeters)
    try section.number("length_meters", in: ProfileLimits.lengthMeters, into: &lengthMeters)
    try section.number("weight_tonnes", in: ProfileLimits.tonnes, into: &weightTonnes)
    try section.number("axle_load_tonnes", in: ProfileLimits.tonnes, into: &axleLoadTonnes)
  }
}

extension VehicleProfile.Speeds {
  fileprivate mutating func read(_ section: inout TOMLReader) throws(TOMLError) {
    for roadClass in RoadClass.allCases {
      try section.speed(roadClass.osmName, into: &byClass[roadClass])
    }
    try section.number("maxspeed_factor", in: ProfileLimits.factor, into: &maxspeedFactor)
    try section.number("max_kmh", in: ProfileLimits.kmh, into: &maxKmh)
    try section.number("narrow_max_kmh", in: ProfileLimits.kmh, into: &narrowMaxKmh)
    try section.number("movable_bridge_max_kmh", in: ProfileLimits.kmh, into: &movableBridgeMaxKmh)
  }
}

extension VehicleProfile.RoadConditions {
  /// The conditions have a section each.
  fileprivate mutating func read(_ reader: inout TOMLReader) throws(TOMLError) {
    var conditions = self
    try reader.section("surfaces") { (section) throws(TOMLError) in
      for surface in Surface.allCases where surface != .unknown {
        try section.cap(surface.osmName, into: &conditions.bySurface[surface])
      }
    }
    try reader.section("smoothness") { (section) throws(TOMLError) in
      for smoothness in Smoothness.allCases where smoothness != .unknown {
        try section.cap(smoothness.osmName, into: &conditions.bySmoothness[smoothness])
      }
    }
    try reader.section("track_grades") { (section) throws(TOMLError) in
      for grade in conditions.byTrackGrade.indices {
        try section.cap("grade\(grade + 1)", into: &conditions.byTrackGrade[grade])
      }
    }
    self = conditions
  }
}

extension VehicleProfile.ReluctanceFactors {
  fileprivate mutating func read(_ section: inout TOMLReader) throws(TOMLError) {
    for service in ServiceKind.allCases where service != .none && service != .emergencyAccess {
      try section.number(service.osmName, in: ProfileLimits.reluctance, into: &byService[service])
    }
    try section.number("narrow", in: ProfileLimits.reluctance, into: &narrow)
    try section.number("alternating", in: ProfileLimits.reluctance, into: &alternating)
    try section.number("emergency_ways", in: ProfileLimits.reluctance, into: &emergencyWays)
  }
}

extension VehicleProfile.Delays {
  fileprivate mutating func read(_ section: inout TOMLReader) throws(TOMLError) {
    try section.number("traffic_signals_seconds", in: ProfileLimits.seconds, into: &trafficSignals)
    try section.number("stop_seconds", in: ProfileLimits.seconds, into: &stop)
    try section.number("give_way_seconds", in: ProfileLimits.seconds, into: &giveWay)
    try section.number("crossing_seconds", in: ProfileLimits.seconds, into: &crossing)
    try section.number("traffic_calming_seconds", in: ProfileLimits.seconds, into: &trafficCalming)
    try section.number("toll_booth_seconds", in: ProfileLimits.seconds, into: &tollBooth)
    try section.number("border_control_seconds", in: ProfileLimits.seconds, into: &borderControl)
  }
}

extension VehicleProfile.Turns {
  fileprivate mutating func read(_ section: inout TOMLReader) throws(TOMLError) {
    try section.number("left_seconds", in: ProfileLimits.seconds, into: &left)
    try section.number("right_seconds", in: ProfileLimits.seconds, into: &right)
    try section.number("sharp_left_seconds", in: ProfileLimits.seconds, into: &sharpLeft)
    try section.number("sharp_right_seconds", in: ProfileLimits.seconds, into: &sharpRight)
    try section.number("yield_seconds", in: ProfileLimits.seconds, into: &yielding)
    try section.number("u_turn_seconds", in: ProfileLimits.seconds, into: &uTurn)
    try section.rule("u_turn_away_from_dead_end", .atAPoint, into: &uTurnAwayFromDeadEnd)
    try section.rule("u_turn_confined", .atAPoint, into: &uTurnConfined)
  }
}

extension VehicleProfile.Barriers {
  fileprivate mutating func read(_ section: inout TOMLReader) throws(TOMLError) {
    try section.rule("gate", .atAPoint, into: &gate)
    try section.rule("lift_gate", .atAPoint, into: &liftGate)
    try section.rule("swing_gate", .atAPoint, into: &swingGate)
    try section.rule("locked_gate", .atAPoint, into: &lockedGate)
    try section.rule("bollard", .atAPoint, into: &bollard)
    try section.rule("removable_bollard", .atAPoint, into: &removableBollard)
    try section.rule("rising_bollard", .atAPoint, into: &risingBollard)
    try section.rule("block", .atAPoint, into: &block)
    try section.rule("height_restrictor", .atAPoint, into: &heightRestrictor)
    try section.rule("other", .atAPoint, into: &other)
  }
}

extension VehicleProfile.ExemptionRules {
  fileprivate mutating func read(_ section: inout TOMLReader) throws(TOMLError) {
    try section.rule("turn_bans", .atAPoint, into: &turnBans)
    try section.rule("emergency_turn_bans", .atAPoint, into: &emergencyTurnBans)
    try section.rule("contraflow", .alongAWay, into: &contraflow)
    try section.rule("private_roads", .alongAWay, into: &privateRoads)
    try section.rule("restricted_access", .alongAWay, into: &restrictedAccess)
    try section.rule("destination_only", .alongAWay, into: &destinationOnly)
    try section.rule("bus_lanes", .alongAWay, into: &busLanes)
    try section.rule("high_occupancy", .alongAWay, into: &highOccupancy)
    try section.rule("pedestrian_zones", .alongAWay, into: &pedestrianZones)
    try section.rule("park_paths", .alongAWay, into: &parkPaths)
    try section.rule("emergency_ways", .alongAWay, into: &emergencyWays)
    try section.rule("tracks", .alongAWay, into: &tracks)
    try section.rule("ferries", .alongAWay, into: &ferries)
    try section.rule("legal_limits", .alongAWay, into: &legalLimits)
  }
}

extension VehicleProfile.CivilTraffic {
  /// `default` first, then the classes that differ. What a file says of the default, it says of all it doesn't name.
  fileprivate mutating func read(_ section: inout TOMLReader) throws(TOMLError) {
    if let share = try section.number("default", in: ProfileLimits.share) { shareByClass = .init(repeating: share) }
    for roadClass in RoadClass.allCases {
      try section.number(roadClass.osmName, in: ProfileLimits.share, into: &shareByClass[roadClass])
    }
    try section.number("bus_lane", in: ProfileLimits.share, into: &besideBusLane)
  }
}
