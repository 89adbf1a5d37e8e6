import RoadGraph

/// What decides how fast a vehicle is on a road, how long it takes at a point, or that it is kept out.
public enum RuleReason: Error, Hashable, Sendable {
  case roadClass(RoadClass)
  /// A signed limit.
  case maxspeed
  /// An advised speed.
  case advisory
  case vehicleMax
  case narrow
  case alternating
  case service(ServiceKind)
  case movableBridge
  case surface(Surface)
  case smoothness(Smoothness)
  case trackGrade(UInt8)
  case exemption(Exemption)
  /// A signal, a sign or a barrier.
  case point(FeatureKind)
  case lockedGate
  /// A fixed barrier that opens for this vehicle: as one that can be taken out.
  case openedBarrier
  /// A barrier that everybody may pass.
  case openToAll
  /// `emergency=no`.
  case noEmergency
  /// The vehicle doesn't fit, or fits where the map tells how high a bar is.
  case size
  /// How long the whole OSM way takes, as the map says.
  case duration
  /// A department's word.
  case overrides
  /// A department opens a way for which the profile has no speed.
  case openedWay

  /// The key of the profile that says so, such as `speeds.residential`; `nil` if the profile is not asked.
  public var key: String? {
    switch self {
    case .roadClass(let roadClass): "speeds.\(roadClass.osmName)"
    case .maxspeed, .advisory: "speeds.maxspeed_factor"
    case .vehicleMax: "speeds.max_kmh"
    case .narrow: "speeds.narrow_max_kmh"
    case .alternating: "speeds.alternating_max_kmh"
    case .service(let service): "services.\(service.osmName)"
    case .movableBridge: "speeds.movable_bridge_max_kmh"
    case .surface(let surface): "surfaces.\(surface.osmName)"
    case .smoothness(let smoothness): "smoothness.\(smoothness.osmName)"
    case .trackGrade(let grade): "track_grades.grade\(grade)"
    case .exemption(let exemption): Self.key(of: exemption)
    case .point(let kind): Self.key(of: kind)
    case .lockedGate: "barriers.locked_gate"
    case .openedBarrier: "barriers.removable_bollard"
    case .openToAll, .noEmergency, .size, .duration, .overrides, .openedWay: nil
    }
  }

  private static func key(of exemption: Exemption) -> String {
    switch exemption {
    case .contraflow, .restrictedAccess, .destinationOnly, .highOccupancy: "exemptions.\(exemption.name)"
    case .ferry: "exemptions.ferries"
    case .gate, .lockedGate, .bollard, .barrier: "barriers.\(exemption.name)"
    default: "exemptions.\(exemption.name)s"
    }
  }

  private static func key(of kind: FeatureKind) -> String {
    switch kind {
    case .trafficSignals, .stop, .giveWay, .crossing, .trafficCalming, .tollBooth, .borderControl:
      "delays.\(kind.osmName)_seconds"
    case .otherBarrier: "barriers.other"
    default: "barriers.\(kind.osmName)"
    }
  }
}

/// A speed, and what sets it.
struct RoadSpeed {
  var kmh: Double
  var reason: RuleReason

  init(_ kmh: Double, _ reason: RuleReason) { (self.kmh, self.reason) = (kmh, reason) }

  /// Makes it no faster than `max`.
  mutating func limit(to max: Double, _ reason: RuleReason) {
    if max < kmh { (kmh, self.reason) = (max, reason) }
  }

  /// Puts it under a cap. Throws the reason where the vehicle doesn't drive.
  mutating func limit(to cap: SpeedCap, _ reason: RuleReason) throws(RuleReason) {
    switch cap {
    case .any: break
    case .kmh(let max): limit(to: max, reason)
    case .never: throw reason
    }
  }
}
