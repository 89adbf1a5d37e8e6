/// What one access value means for motor cars, from the most closed to the most open. Source: OSM wiki, Key:access.
enum AccessMeaning: Int, Comparable {
  /// Closed to the public, such as `no`, `agricultural`.
  case closed
  case emergency
  /// Buses and taxis.
  case bus
  /// `private`: whom the owner lets in.
  case byOwner
  /// For residents, or with a permit.
  case byPermit
  /// To reach a place on it.
  case destination
  case open

  static func < (left: AccessMeaning, right: AccessMeaning) -> Bool { left.rawValue < right.rawValue }

  /// Of a list, the most open value that is understood; `nil` without a value or if nothing is.
  init?(_ value: String?) {
    guard let value, let meaning = Self.known[value] ?? value.listed.compactMap({ Self.known[$0] }).max() else {
      return nil
    }
    self = meaning
  }

  private static let known: [String: AccessMeaning] = [
    "yes": .open, "permissive": .open, "designated": .open, "official": .open, "public": .open, "allowed": .open,
    "discouraged": .open, "hov": .open, "motorcar": .open, "motor_vehicle": .open, "vehicle": .open,
    "destination": .destination, "customers": .destination, "customer": .destination, "delivery": .destination,
    "visitors": .destination, "guests": .destination,
    // Nobody knows: good enough to reach a place, not as a short cut.
    "unknown": .destination,
    "permit": .byPermit, "residents": .byPermit, "employees": .byPermit, "members": .byPermit, "students": .byPermit,
    "private": .byOwner,
    "psv": .bus, "bus": .bus, "minibus": .bus, "taxi": .bus, "share_taxi": .bus,
    "emergency": .emergency, "emergency_vehicle": .emergency, "emergency_access": .emergency,
    "no": .closed, "agricultural": .closed, "forestry": .closed,
    "military": .closed, "restricted": .closed, "use_sidepath": .closed, "hgv": .closed, "goods": .closed,
    "foot": .closed, "bicycle": .closed, "dismount": .closed, "horse": .closed, "moped": .closed,
    "motorcycle": .closed,
  ]
}
