import RoadGraph

/// The map's facts of a road for people: only those that say something, in OSM's words where it has some.
enum RoadFacts {
  static func list(_ attributes: RoadAttributes) -> [WayExplanation.Fact] {
    var facts = [("class", attributes.roadClass.osmName)]
    if attributes.service != .none { facts.append(("service", attributes.service.osmName)) }
    if attributes.surface != .unknown { facts.append(("surface", attributes.surface.osmName)) }
    if attributes.smoothness != .unknown { facts.append(("smoothness", attributes.smoothness.osmName)) }
    if attributes.trackGrade > 0 { facts.append(("tracktype", "grade\(attributes.trackGrade)")) }
    if attributes.layer != 0 { facts.append(("layer", "\(attributes.layer)")) }
    let flags = flagNames.filter { attributes.flags.contains($0.0) }.map(\.1)
    if !flags.isEmpty { facts.append(("is", flags.joined(separator: ", "))) }
    if attributes.durationSeconds > 0 { facts.append(("duration", "\(attributes.durationSeconds) s")) }
    facts += bySide("access", attributes) { access($0.access) }
    facts += bySide("maxspeed", attributes) { $0.maxspeedKmh == 0 ? "" : "\($0.maxspeedKmh)" }
    facts += bySide("maxspeed:advisory", attributes) { $0.advisoryKmh == 0 ? "" : "\($0.advisoryKmh)" }
    facts += bySide("lanes", attributes) { $0.laneCount == 0 ? "" : "\($0.laneCount)" }
    facts += [("limits", text(attributes.legalLimits)), ("limits:physical", text(attributes.physicalLimits))]
    return facts.filter { !$0.1.isEmpty }.map { WayExplanation.Fact(name: $0.0, value: $0.1) }
  }

  /// What stands at an OSM node.
  static func list(_ feature: PointFeature) -> [WayExplanation.Fact] {
    let isFelt = !feature.flags.contains(.unfelt)
    let facts = [
      ("node", "\(feature.osmID)"), ("kind", isFelt ? feature.kind.osmName : "nothing"),
      ("access", feature.access.isEmpty ? "" : access(feature.access)), ("locked", feature.isLocked ? "yes" : ""),
    ]
    return facts.filter { !$0.1.isEmpty }.map { WayExplanation.Fact(name: $0.0, value: $0.1) }
  }

  /// One line where both directions are alike.
  private static func bySide(
    _ name: String, _ attributes: RoadAttributes, _ text: (DirectionAttributes) -> String
  ) -> [(String, String)] {
    let (forward, backward) = (text(attributes.forward), text(attributes.backward))
    return forward == backward
      ? [(name, forward)] : [("\(name):forward", forward), ("\(name):backward", backward)]
  }

  /// Without any flag, profiles take it as restricted.
  private static func access(_ flags: AccessFlags) -> String {
    let names = accessNames.filter { flags.contains($0.0) }.map(\.1)
    return names.isEmpty ? "none" : names.joined(separator: ", ")
  }

  private static func text(_ limits: SizeLimits) -> String {
    let amounts: [(String, UInt16, String)] = [
      ("height", limits.heightCentimeters, "m"), ("width", limits.widthCentimeters, "m"),
      ("length", limits.lengthCentimeters, "m"), ("weight", limits.weightTensOfKilograms, "t"),
      ("axle load", limits.axleLoadTensOfKilograms, "t"),
    ]
    return amounts.filter { $0.1 > 0 }.map { "\($0.0) \(Double($0.1) / 100) \($0.2)" }.joined(separator: ", ")
  }

  private static let flagNames: [(RoadFlags, String)] = [
    (.bridge, "bridge"), (.tunnel, "tunnel"), (.roundabout, "roundabout"), (.narrow, "narrow"), (.toll, "toll"),
    (.oneway, "oneway"), (.emergencyAccess, "made for responders"), (.movableBridge, "movable bridge"),
    (.alternating, "alternating"), (.openedToCars, "opened to cars"),
    (.winterRoad, "in winter only"), (.ford, "ford"), (.floodProne, "flood prone"),
  ]

  private static let accessNames: [(AccessFlags, String)] = [
    (.civil, "civil"), (.destinationOnly, "destination only"), (.restricted, "restricted"), (.bus, "bus"),
    (.contraflow, "contraflow"), (.emergency, "emergency"), (.emergencyDesignated, "emergency designated"),
    (.noEmergency, "no emergency"), (.footOnly, "foot only"), (.ownersOnly, "private"),
    (.besideBusLane, "beside a bus lane"), (.highOccupancy, "high occupancy"), (.yard, "yard"),
  ]
}
