import RoadGraph

/// What a profile makes of one set of road attributes in one direction.
struct RoadRule {
  /// nil where the vehicle can't drive.
  let speedKmh: Double?
  /// The speed there if no exemption slowed the vehicle.
  let freeKmh: Double
  /// Time lost at each piece.
  let delayMilliseconds: Double
  let isLastResort: Bool
  /// Entering it is a last resort; see ``Reluctance``.
  let isZone: Bool
  /// Besides that of a last resort.
  let reluctancePerMillisecond: Double
  let exemptions: Exemptions
  /// The share of civil traffic's delay that the vehicle suffers, 0 = none, 1 = all of it.
  let civilTrafficShare: Double

  static let impassable = RoadRule(
    speedKmh: nil, freeKmh: 0, delayMilliseconds: 0, isLastResort: false, isZone: false, reluctancePerMillisecond: 0,
    exemptions: [], civilTrafficShare: 0)

  /// The cost of a stretch. O(1).
  func cost(lengthCentimeters: UInt32) -> TravelCost {
    guard let speedKmh else { return .impassable }
    // Rounded up, so that no way is faster than its length at the highest speed.
    let milliseconds = Self.milliseconds(lengthCentimeters, kmh: speedKmh) + delayMilliseconds
    return TravelCost(
      milliseconds: milliseconds.rounded(.up), isLastResort: isLastResort,
      reluctancePerMillisecond: reluctancePerMillisecond)
  }

  /// What the exemptions add to the time on a stretch: their delays, and what they are slower. O(1).
  func exemptionMilliseconds(lengthCentimeters: UInt32) -> Double {
    guard let speedKmh else { return 0 }
    return delayMilliseconds + Self.milliseconds(lengthCentimeters, kmh: speedKmh)
      - Self.milliseconds(lengthCentimeters, kmh: freeKmh)
  }

  private static func milliseconds(_ lengthCentimeters: UInt32, kmh: Double) -> Double {
    TravelCost.milliseconds(lengthCentimeters: lengthCentimeters, kmh: kmh)
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
    guard let terms = terms(of: used, on: side), let free = freeKmh(on: side) else { return .impassable }
    let speed = side.change.speedKmh == nil ? min(free, terms.maxKmh ?? free) : free
    return RoadRule(
      speedKmh: speed, freeKmh: free, delayMilliseconds: terms.delaySeconds * 1000,
      isLastResort: terms.isLastResort, isZone: terms.isZone,
      reluctancePerMillisecond: reluctanceFactor(on: side, used) - 1, exemptions: used,
      civilTrafficShare: civilTrafficShare(on: side))
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

  /// All rules together; nil if one of them keeps the vehicle out. A department's word counts more than any of them.
  private func terms(of used: Exemptions, on side: RoadSide) -> PassageTerms? {
    let byTags =
      size.isWithin(side.attributes.physicalLimits) ? accessTerms(of: used, side.direction.access) : nil
    guard let use = side.change.use else { return byTags }
    guard use != .never else { return nil }
    return PassageTerms(isLastResort: use == .lastResort, maxKmh: byTags?.maxKmh)
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

  /// The speed before any exemption slows it; nil where such a road is never driven.
  private func freeKmh(on side: RoadSide) -> Double? {
    if let kmh = side.change.speedKmh, side.change.use != nil || kmhByTags(on: side) != nil {
      return min(kmh, speeds.maxKmh)
    }
    let byTags = kmhByTags(on: side)
    return side.change.use == nil ? byTags : byTags ?? Self.openedWayKmh
  }

  private func kmhByTags(on side: RoadSide) -> Double? {
    let attributes = side.attributes
    guard let classKmh = speeds.byClass[attributes.roadClass] else { return nil }
    // How long a ferry takes is no matter of how fast the vehicle on it would be.
    if let durationKmh = side.durationKmh { return durationKmh }
    let (signed, advised) = (side.direction.maxspeedKmh, side.direction.advisoryKmh)
    let limit = advised > 0 ? advised : signed
    var kmh = limit > 0 ? Double(limit) * speeds.maxspeedFactor : unsignedKmh(classKmh, attributes.flags)
    if attributes.flags.contains(.narrow) { kmh = min(kmh, speeds.narrowMaxKmh) }
    return roads.applied(to: min(kmh, speeds.maxKmh), on: attributes)
  }

  private func unsignedKmh(_ classKmh: Double, _ flags: RoadFlags) -> Double {
    flags.contains(.movableBridge) ? min(classKmh, speeds.movableBridgeMaxKmh) : classKmh
  }
}

extension VehicleProfile.RoadConditions {
  /// The speed under all caps that hold for a road; nil where one of them says never.
  fileprivate func applied(to kmh: Double, on attributes: RoadAttributes) -> Double? {
    let grade = Int(attributes.trackGrade)
    let byGrade = (1...Self.gradeCount).contains(grade) ? byTrackGrade[grade - 1] : .any
    return bySurface[attributes.surface].applied(to: kmh)
      .flatMap { bySmoothness[attributes.smoothness].applied(to: $0) }
      .flatMap { byGrade.applied(to: $0) }
  }
}

extension VehicleProfile {
  /// The share of civil traffic's delay that the vehicle suffers on one side of a road, 0 = none, 1 = all of it.
  private func civilTrafficShare(on side: RoadSide) -> Double {
    let share = civilTraffic.shareByClass[side.attributes.roadClass]
    return side.direction.access.contains(.besideBusLane) ? min(share, civilTraffic.besideBusLane) : share
  }
}
