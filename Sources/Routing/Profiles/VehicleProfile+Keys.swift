import RoadGraph
import TOMLText

extension VehicleProfile {
  /// Goes through all keys of a profile but those of its head: `name`, `based_on`, `summary` and `siren`.
  mutating func visitKeys(_ visitor: inout some ProfileVisitor) throws(FileError) {
    try visitor.number("turnout_seconds", in: ProfileLimits.seconds, into: &turnoutSeconds)
    try visitor.number("turnout_mobile_seconds", in: ProfileLimits.seconds, into: &turnoutMobileSeconds)
    try visitor.number("walk_to_scene_meters", in: ProfileLimits.walkMeters, into: &walkToSceneMeters)
    try visitor.section("vehicle") { (section) throws(FileError) in try size.visitKeys(&section) }
    try visitor.section("speeds") { (section) throws(FileError) in try speeds.visitKeys(&section) }
    try roads.visitKeys(&visitor)
    try visitor.section("reluctance") { (section) throws(FileError) in try reluctance.visitKeys(&section) }
    try visitRules(&visitor)
  }

  /// What the vehicle loses at points, in turns and by rules.
  private mutating func visitRules(_ visitor: inout some ProfileVisitor) throws(FileError) {
    try visitor.section("delays") { (section) throws(FileError) in
      try section.seconds(
        of: &delays,
        [
          "traffic_signals_seconds": \.trafficSignals, "stop_seconds": \.stop, "give_way_seconds": \.giveWay,
          "crossing_seconds": \.crossing, "traffic_calming_seconds": \.trafficCalming,
          "toll_booth_seconds": \.tollBooth, "border_control_seconds": \.borderControl,
        ])
    }
    try visitor.section("turns") { (section) throws(FileError) in
      try section.seconds(
        of: &turns,
        [
          "left_seconds": \.left, "right_seconds": \.right, "sharp_left_seconds": \.sharpLeft,
          "sharp_right_seconds": \.sharpRight, "yield_seconds": \.yielding, "u_turn_seconds": \.uTurn,
        ])
      try section.rules(
        .atAPoint, of: &turns,
        ["u_turn_away_from_dead_end": \.uTurnAwayFromDeadEnd, "u_turn_confined": \.uTurnConfined])
    }
    try visitor.section("barriers") { (section) throws(FileError) in
      try section.rules(
        .atAPoint, of: &barriers,
        [
          "gate": \.gate, "lift_gate": \.liftGate, "swing_gate": \.swingGate, "locked_gate": \.lockedGate,
          "bollard": \.bollard, "removable_bollard": \.removableBollard, "rising_bollard": \.risingBollard,
          "block": \.block, "height_restrictor": \.heightRestrictor, "other": \.other,
        ])
    }
    try visitor.section("exemptions") { (section) throws(FileError) in
      try section.rules(
        .atAPoint, of: &exemptions, ["turn_bans": \.turnBans, "emergency_turn_bans": \.emergencyTurnBans])
      try section.rules(
        .alongAWay, of: &exemptions,
        [
          "contraflow": \.contraflow, "private_roads": \.privateRoads, "restricted_access": \.restrictedAccess,
          "destination_only": \.destinationOnly, "bus_lanes": \.busLanes, "high_occupancy": \.highOccupancy,
          "pedestrian_zones": \.pedestrianZones, "park_paths": \.parkPaths, "emergency_ways": \.emergencyWays,
          "tracks": \.tracks, "ferries": \.ferries, "legal_limits": \.legalLimits,
          "winter_roads": \.winterRoads, "fords": \.fords, "flood_prone": \.floodProne,
        ])
    }
    try visitor.section("civil_traffic") { (section) throws(FileError) in
      try section.shares(into: &civilTraffic.shareByClass)
      try section.number("bus_lane", in: ProfileLimits.share, into: &civilTraffic.besideBusLane)
    }
  }
}

extension VehicleProfile.Size {
  fileprivate mutating func visitKeys(_ section: inout some ProfileVisitor) throws(FileError) {
    try section.number("height_meters", in: ProfileLimits.heightMeters, into: &heightMeters)
    try section.number("width_meters", in: ProfileLimits.widthMeters, into: &widthMeters)
    try section.number("length_meters", in: ProfileLimits.lengthMeters, into: &lengthMeters)
    try section.number("weight_tonnes", in: ProfileLimits.tonnes, into: &weightTonnes)
    try section.number("axle_load_tonnes", in: ProfileLimits.tonnes, into: &axleLoadTonnes)
  }
}

extension VehicleProfile.Speeds {
  fileprivate mutating func visitKeys(_ section: inout some ProfileVisitor) throws(FileError) {
    for roadClass in RoadClass.allCases {
      try section.speed(roadClass.osmName, into: &byClass[roadClass])
    }
    try section.number("maxspeed_factor", in: ProfileLimits.factor, into: &maxspeedFactor)
    try section.number("max_kmh", in: ProfileLimits.kmh, into: &maxKmh)
    try section.number("narrow_max_kmh", in: ProfileLimits.kmh, into: &narrowMaxKmh)
    try section.number("alternating_max_kmh", in: ProfileLimits.kmh, into: &alternatingMaxKmh)
    try section.number("movable_bridge_max_kmh", in: ProfileLimits.kmh, into: &movableBridgeMaxKmh)
  }
}

extension VehicleProfile.RoadConditions {
  /// The conditions have a section each.
  fileprivate mutating func visitKeys(_ visitor: inout some ProfileVisitor) throws(FileError) {
    try visitor.section("services") { (section) throws(FileError) in
      for service in ServiceKind.tagged { try section.cap(service.osmName, into: &byService[service]) }
    }
    try visitor.section("surfaces") { (section) throws(FileError) in
      for surface in Surface.allCases where surface != .unknown {
        try section.cap(surface.osmName, into: &bySurface[surface])
      }
    }
    try visitor.section("smoothness") { (section) throws(FileError) in
      for smoothness in Smoothness.allCases where smoothness != .unknown {
        try section.cap(smoothness.osmName, into: &bySmoothness[smoothness])
      }
    }
    try visitor.section("track_grades") { (section) throws(FileError) in
      for grade in byTrackGrade.indices {
        try section.cap("grade\(grade + 1)", into: &byTrackGrade[grade])
      }
    }
  }
}

extension VehicleProfile.ReluctanceFactors {
  fileprivate mutating func visitKeys(_ section: inout some ProfileVisitor) throws(FileError) {
    for service in ServiceKind.tagged {
      try section.number(service.osmName, in: ProfileLimits.reluctance, into: &byService[service])
    }
    try section.number("narrow", in: ProfileLimits.reluctance, into: &narrow)
    try section.number("alternating", in: ProfileLimits.reluctance, into: &alternating)
    try section.number("emergency_ways", in: ProfileLimits.reluctance, into: &emergencyWays)
  }
}

extension ProfileVisitor {
  /// Some delays of a section, in the order of a file.
  fileprivate mutating func seconds<Section>(
    of section: inout Section, _ keys: KeyValuePairs<String, WritableKeyPath<Section, Double>>
  ) throws(FileError) {
    for (key, path) in keys { try number(key, in: ProfileLimits.seconds, into: &section[keyPath: path]) }
  }

  /// Some rules of a section, in the order of a file.
  fileprivate mutating func rules<Section>(
    _ place: RulePlace, of section: inout Section, _ keys: KeyValuePairs<String, WritableKeyPath<Section, PassageRule>>
  ) throws(FileError) {
    for (key, path) in keys { try rule(key, place, into: &section[keyPath: path]) }
  }
}

extension ServiceKind {
  /// Those that profiles have a word on.
  fileprivate static var tagged: [ServiceKind] { allCases.filter { $0 != .none && $0 != .emergencyAccess } }
}
