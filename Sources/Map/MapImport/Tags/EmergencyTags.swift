import RoadGraph

/// What the map says of responders. Source: OSM wiki, Key:emergency (as an access key), Tag:service=emergency_access.
enum EmergencyTags {
  private static let emergency = DirectionalKey("emergency")

  /// What `emergency` says of one direction; its other values name things such as hydrants.
  static func flags(_ tags: OSMTags, _ direction: TagDirection) -> AccessFlags { flags(of: tags[emergency, direction]) }

  /// True if the key of this direction alone opens it.
  static func opens(_ tags: OSMTags, only direction: TagDirection) -> Bool {
    flags(of: tags[emergency.only(direction)]).contains(.emergency)
  }

  private static func flags(of value: String?) -> AccessFlags {
    switch value {
    case "yes", "official", "permissive", "destination", "private": .emergency
    case "designated", "fire_lane", "fire_path": [.emergency, .emergencyDesignated]
    case "no": .noEmergency
    default: []
    }
  }

  /// True if responders may use a way on which nobody else drives.
  static func opensPath(_ tags: OSMTags) -> Bool {
    TagDirection.allCases.contains { flags(tags, $0).contains(.emergency) } || isMadeForResponders(tags)
  }

  /// True for ways that are there for responders.
  static func isMadeForResponders(_ tags: OSMTags) -> Bool {
    isEmergencyAccess(tags) || isFireLane(tags)
      || TagDirection.allCases.contains { direction in
        flags(tags, direction).contains(.emergencyDesignated)
      } || AccessTags.isReservedForResponders(tags)
  }

  /// A cut-through for responders: closed to civil traffic, whoever else holds its key.
  static func isEmergencyAccess(_ tags: OSMTags) -> Bool { tags["service"] == "emergency_access" }

  /// A lane kept free for fire engines: `service=fire_lane`, `fire_lane=yes`, `fire_path=yes`, `emergency=fire_lane`.
  static func isFireLane(_ tags: OSMTags) -> Bool {
    tags["service"] == "fire_lane" || tags["fire_lane"] == "yes" || tags["fire_path"] == "yes"
      || tags["emergency"] == "fire_lane" || tags["emergency"] == "fire_path"
  }
}
