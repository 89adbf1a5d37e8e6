import RoadGraph

/// What a profile makes of one set of road attributes in one direction.
struct RoadRule {
  /// nil where the vehicle can't drive.
  let speedKmh: Double?
  /// What sets the speed, or keeps the vehicle out.
  let reason: RuleReason
  /// The speed there if no exemption slowed the vehicle.
  var freeKmh = 0.0
  /// Time lost at each piece.
  var delayMilliseconds = 0.0
  var isLastResort = false
  /// Entering it is a last resort; see ``Reluctance``.
  var isZone = false
  /// Besides that of a last resort.
  var reluctancePerMillisecond = 0.0
  var exemptions: Exemptions = []
  /// The share of civil traffic's delay that the vehicle suffers, 0 = none, 1 = all of it.
  var civilTrafficShare = 0.0

  static func impassable(because reason: RuleReason) -> RoadRule { RoadRule(speedKmh: nil, reason: reason) }

  /// The cost of a stretch. O(1).
  func cost(lengthCentimeters: UInt32) -> TravelCost {
    guard let speedKmh else { return .impassable }
    // Rounded up, so that no way is faster than its length at the highest speed.
    let milliseconds =
      TravelCost.milliseconds(lengthCentimeters: lengthCentimeters, kmh: speedKmh) + delayMilliseconds
    return TravelCost(
      milliseconds: milliseconds.rounded(.up), isLastResort: isLastResort,
      reluctancePerMillisecond: reluctancePerMillisecond)
  }

  /// What the exemptions add to the time on a stretch: their delays, and what they are slower. O(1).
  func exemptionMilliseconds(lengthCentimeters: UInt32) -> Double {
    guard let speedKmh else { return 0 }
    return delayMilliseconds + TravelCost.milliseconds(lengthCentimeters: lengthCentimeters, kmh: speedKmh)
      - TravelCost.milliseconds(lengthCentimeters: lengthCentimeters, kmh: freeKmh)
  }
}

/// What a profile looks at to make a rule: one direction of a road.
struct RoadSide {
  let attributes: RoadAttributes
  let isAgainstWay: Bool
  /// The speed that follows from how long the whole OSM way takes.
  var durationKmh: Double?
  /// What a department says of the OSM way.
  var change = WayChange()

  var direction: DirectionAttributes { attributes[againstWay: isAgainstWay] }
}

extension VehicleProfile {
  /// The rule for a road in one of its directions.
  func roadRule(_ side: RoadSide) -> RoadRule {
    let used = exemptions(on: side)
    do throws(RuleReason) {
      let terms = try terms(of: used, on: side)
      let free = try freeSpeed(on: side)
      var speed = free
      if side.change.speedKmh == nil, let max = terms.maxSpeed { speed.limit(to: max.kmh, max.reason) }
      return RoadRule(
        speedKmh: speed.kmh, reason: speed.reason, freeKmh: free.kmh, delayMilliseconds: terms.delaySeconds * 1000,
        isLastResort: terms.isLastResort, isZone: terms.isZone,
        reluctancePerMillisecond: reluctanceFactor(on: side, used) - 1, exemptions: used,
        civilTrafficShare: civilTrafficShare(on: side))
    } catch {
      return .impassable(because: error)
    }
  }

  /// What the vehicle needs to drive there.
  private func exemptions(on side: RoadSide) -> Exemptions {
    let (attributes, access) = (side.attributes, side.direction.access)
    var used = accessExemptions(
      access, isEmergencyWay: attributes.flags.contains(.emergencyAccess), isPath: attributes.roadClass == .path)
    if access.contains(.contraflow) { used.insert(.contraflow) }
    switch attributes.roadClass {
    case .track where !attributes.flags.contains(.openedToCars): used.insert(.track)
    case .ferry, .shuttleTrain: used.insert(.ferry)
    default: break
    }
    if !size.isWithin(attributes.legalLimits) { used.insert(.legalLimit) }
    return used
  }

  /// All rules together. Throws the one that keeps the vehicle out. A department's word counts more than any of them.
  private func terms(of used: Exemptions, on side: RoadSide) throws(RuleReason) -> PassageTerms {
    guard let use = side.change.use else { return try termsByTags(of: used, on: side) }
    guard use != .never else { throw .overrides }
    return PassageTerms(
      isLastResort: use == .lastResort, maxSpeed: (try? termsByTags(of: used, on: side))?.maxSpeed)
  }

  private func termsByTags(of used: Exemptions, on side: RoadSide) throws(RuleReason) -> PassageTerms {
    guard size.isWithin(side.attributes.physicalLimits) else { throw .size }
    return try accessTerms(of: used, side.direction.access)
  }

  private func reluctanceFactor(on side: RoadSide, _ used: Exemptions) -> Double {
    let (attributes, access) = (side.attributes, side.direction.access)
    var factor = reluctance.byService[attributes.service]
    if attributes.flags.contains(.narrow) { factor = max(factor, reluctance.narrow) }
    if attributes.flags.contains(.alternating) { factor = max(factor, reluctance.alternating) }
    if used.contains(.emergencyWay), !access.contains(.emergencyDesignated) {
      factor = max(factor, reluctance.emergencyWays)
    }
    return max(factor, 1)
  }
}

// MARK: Speed

extension VehicleProfile {
  /// What a way is driven at that a department opens and the profile has no speed for.
  static let openedWayKmh = 10.0

  /// The speed before any exemption slows it. Throws the reason where such a road is never driven.
  private func freeSpeed(on side: RoadSide) throws(RuleReason) -> RoadSpeed {
    var speed: RoadSpeed
    do throws(RuleReason) {
      speed = try speedByTags(on: side)
    } catch {
      guard side.change.use != nil else { throw error }
      speed = RoadSpeed(Self.openedWayKmh, .openedWay)
    }
    guard let kmh = side.change.speedKmh else { return speed }
    speed = RoadSpeed(kmh, .overrides)
    speed.limit(to: speeds.maxKmh, .vehicleMax)
    return speed
  }

  private func speedByTags(on side: RoadSide) throws(RuleReason) -> RoadSpeed {
    let attributes = side.attributes
    let roadClass = attributes.roadClass
    guard let classKmh = speeds.byClass[roadClass] else { throw .roadClass(roadClass) }
    // How long a ferry takes is no matter of how fast the vehicle on it would be.
    if let durationKmh = side.durationKmh { return RoadSpeed(durationKmh, .duration) }
    var speed = signedSpeed(on: side.direction) ?? unsignedSpeed(classKmh, attributes)
    if attributes.flags.contains(.narrow) { speed.limit(to: speeds.narrowMaxKmh, .narrow) }
    if attributes.flags.contains(.alternating) { speed.limit(to: speeds.alternatingMaxKmh, .alternating) }
    speed.limit(to: speeds.maxKmh, .vehicleMax)
    try roads.limit(&speed, on: attributes)
    return speed
  }

  private func signedSpeed(on side: DirectionAttributes) -> RoadSpeed? {
    let (signed, advised) = (side.maxspeedKmh, side.advisoryKmh)
    if advised > 0 { return RoadSpeed(Double(advised) * speeds.maxspeedFactor, .advisory) }
    return signed > 0 ? RoadSpeed(Double(signed) * speeds.maxspeedFactor, .maxspeed) : nil
  }

  private func unsignedSpeed(_ classKmh: Double, _ attributes: RoadAttributes) -> RoadSpeed {
    var speed = RoadSpeed(classKmh, .roadClass(attributes.roadClass))
    if attributes.flags.contains(.movableBridge) { speed.limit(to: speeds.movableBridgeMaxKmh, .movableBridge) }
    return speed
  }
}

extension VehicleProfile.RoadConditions {
  /// Puts a speed under all caps that hold for a road. Throws the reason where one of them says never.
  fileprivate func limit(_ speed: inout RoadSpeed, on attributes: RoadAttributes) throws(RuleReason) {
    try speed.limit(to: byService[attributes.service], .service(attributes.service))
    try speed.limit(to: bySurface[attributes.surface], .surface(attributes.surface))
    try speed.limit(to: bySmoothness[attributes.smoothness], .smoothness(attributes.smoothness))
    let grade = attributes.trackGrade
    guard (1...Self.gradeCount).contains(Int(grade)) else { return }
    try speed.limit(to: byTrackGrade[Int(grade) - 1], .trackGrade(grade))
  }
}

extension VehicleProfile {
  /// The share of civil traffic's delay that the vehicle suffers on one side of a road, 0 = none, 1 = all of it.
  private func civilTrafficShare(on side: RoadSide) -> Double {
    let share = civilTraffic.shareByClass[side.attributes.roadClass]
    return side.direction.access.contains(.besideBusLane) ? min(share, civilTraffic.besideBusLane) : share
  }
}
