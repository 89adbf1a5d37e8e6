import RoadGraph
import TOMLText

extension VehicleProfile {
  /// Goes through all keys of a profile but those of its head: `name`, `based_on`, `summary` and `siren`.
  mutating func visitKeys(_ visitor: inout some ProfileVisitor) throws(FileError) {
    try visitor.number("turnout_seconds", in: ProfileLimits.seconds, into: &turnoutSeconds)
    try visitor.section("vehicle") { (section) throws(FileError) in try size.visitKeys(&section) }
    try visitor.section("speeds") { (section) throws(FileError) in try speeds.visitKeys(&section) }
    try roads.visitKeys(&visitor)
    try visitor.section("reluctance") { (section) throws(FileError) in try reluctance.visitKeys(&section) }
    try visitor.section("delays") { (section) throws(FileError) in try delays.visitKeys(&section) }
    try visitor.section("turns") { (section) throws(FileError) in try turns.visitKeys(&section) }
    try visitor.section("barriers") { (section) throws(FileError) in try barriers.visitKeys(&section) }
    try visitor.section("exemptions") { (section) throws(FileError) in try exemptions.visitKeys(&section) }
    try visitor.section("civil_traffic") { (section) throws(FileError) in try civilTraffic.visitKeys(&section) }
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
    try section.number("movable_bridge_max_kmh", in: ProfileLimits.kmh, into: &movableBridgeMaxKmh)
  }
}

extension VehicleProfile.RoadConditions {
  /// The conditions have a section each.
  fileprivate mutating func visitKeys(_ visitor: inout some ProfileVisitor) throws(FileError) {
    var conditions = self
    try visitor.section("surfaces") { (section) throws(FileError) in
      for surface in Surface.allCases where surface != .unknown {
        try section.cap(surface.osmName, into: &conditions.bySurface[surface])
      }
    }
    try visitor.section("smoothness") { (section) throws(FileError) in
      for smoothness in Smoothness.allCases where smoothness != .unknown {
        try section.cap(smoothness.osmName, into: &conditions.bySmoothness[smoothness])
      }
    }
    try visitor.section("track_grades") { (section) throws(FileError) in
      for grade in conditions.byTrackGrade.indices {
        try section.cap("grade\(grade + 1)", into: &conditions.byTrackGrade[grade])
      }
    }
    self = conditions
  }
}

extension VehicleProfile.ReluctanceFactors {
  fileprivate mutating func visitKeys(_ section: inout some ProfileVisitor) throws(FileError) {
    for service in ServiceKind.allCases where service != .none && service != .emergencyAccess {
      try section.number(service.osmName, in: ProfileLimits.reluctance, into: &byService[service])
    }
    try section.number("narrow", in: ProfileLimits.reluctance, into: &narrow)
    try section.number("alternating", in: ProfileLimits.reluctance, into: &alternating)
    try section.number("emergency_ways", in: ProfileLimits.reluctance, into: &emergencyWays)
  }
}

extension VehicleProfile.Delays {
  fileprivate mutating func visitKeys(_ section: inout some ProfileVisitor) throws(FileError) {
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
  fileprivate mutating func visitKeys(_ section: inout some ProfileVisitor) throws(FileError) {
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
  fileprivate mutating func visitKeys(_ section: inout some ProfileVisitor) throws(FileError) {
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
  fileprivate mutating func visitKeys(_ section: inout some ProfileVisitor) throws(FileError) {
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
  fileprivate mutating func visitKeys(_ section: inout some ProfileVisitor) throws(FileError) {
    try section.shares(into: &shareByClass)
    try section.number("bus_lane", in: ProfileLimits.share, into: &besideBusLane)
  }
}
