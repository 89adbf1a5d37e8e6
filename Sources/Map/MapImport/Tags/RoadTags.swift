import RoadGraph

/// What an OSM way is as a road: its attributes and the directions in which any profile may ever drive it.
struct RoadDescription {
  var attributes: RoadAttributes
  var directions: DriveDirections
  /// What the road is at times.
  var conditions: [Condition] = []

  /// Attributes that hold while a condition holds; of several, the last.
  struct Condition {
    let text: String
    let attributes: RoadAttributes
  }

  /// True if ordinary cars may drive one direction at least.
  fileprivate var isOpen: Bool {
    attributes.forward.access.contains(.civil) || attributes.backward.access.contains(.civil)
  }
}

/// The directions of an OSM way that become arcs.
struct DriveDirections: OptionSet {
  let rawValue: UInt8

  static let forward = DriveDirections(rawValue: 1)
  static let backward = DriveDirections(rawValue: 2)

  /// The same arcs, seen from the other end.
  var reversed: DriveDirections { DriveDirections(rawValue: (rawValue >> 1) | (rawValue << 1 & 2)) }
}

/// Tags of an OSM way in, a road out.
struct RoadTags {
  let log: DropLog
  let conditions: ConditionTags

  /// The road of a way; `nil` (and logged, if worth it) if it is none.
  func road(_ way: OSMWay) -> RoadDescription? {
    switch ClassTags.verdict(way.tags) {
    case .notARoad:
      return nil
    case .dropped(let reason, let value):
      if let roadClass = classAtTimes(way) { return road(way, roadClass) }
      log.drop(reason, osmID: way.id, value: value)
      return nil
    case .road(let roadClass):
      return road(way, roadClass)
    }
  }

  /// The class of a way that is a road at times only, such as a footway that opens for deliveries.
  private func classAtTimes(_ way: OSMWay) -> RoadClass? {
    let silent = ConditionTags(log: DropLog(), holidays: conditions.holidays)
    return silent.candidates(way).lazy.compactMap { candidate -> RoadClass? in
      if case .road(let roadClass) = ClassTags.verdict(candidate.tags) { roadClass } else { nil }
    }.first
  }

  private func road(_ way: OSMWay, _ roadClass: RoadClass) -> RoadDescription? {
    var road = Self.description(way.tags, roadClass)
    for candidate in conditions.candidates(way) {
      var changed = Self.description(candidate.tags, roadClass)
      // Who says when a closed road over ice is open says when it is there.
      if changed.isOpen, !road.isOpen { changed.attributes.flags.remove(.winterRoad) }
      // A road that is open at times has its arcs at all times.
      road.directions.formUnion(changed.directions)
      // What changes nothing matters only where it outweighs a clause before it.
      if road.conditions.isEmpty, changed.attributes == road.attributes { continue }
      road.conditions.append(.init(text: candidate.condition, attributes: changed.attributes))
    }
    guard !road.directions.isEmpty else {
      log.drop(.wayClosedToAll, osmID: way.id)
      return nil
    }
    logWhatIsLost(way, roadClass, road)
    return road
  }

  /// The road that tags describe, conditions left aside.
  private static func description(_ tags: OSMTags, _ roadClass: RoadClass) -> RoadDescription {
    let flow = OnewayTags.flow(tags, on: roadClass)
    let forward = direction(.forward, tags, roadClass, flow)
    let backward = direction(.backward, tags, roadClass, flow)
    var attributes = RoadAttributes(
      roadClass: roadClass, flags: FlagTags.flags(tags, roadClass, flow), layer: layer(tags), forward: forward,
      backward: backward)
    attributes.service = ServiceTags.kind(tags)
    attributes.surface = SurfaceTags.surface(tags, on: roadClass)
    attributes.smoothness = SurfaceTags.smoothness(tags)
    attributes.trackGrade = SurfaceTags.trackGrade(tags)
    attributes.legalLimits = SizeTags.legalLimits(tags)
    attributes.physicalLimits = SizeTags.physicalLimits(tags)
    attributes.durationSeconds = RouteTags.durationSeconds(tags, on: roadClass)
    return RoadDescription(
      attributes: attributes,
      directions: driven(forward.access, .forward, roadClass).union(driven(backward.access, .backward, roadClass)))
  }

  private static func direction(
    _ direction: TagDirection, _ tags: OSMTags, _ roadClass: RoadClass, _ flow: OnewayTags.Flow
  ) -> DirectionAttributes {
    var access = AccessTags.flags(tags, direction, on: roadClass)
    if access.contains(.civil), BusTags.laneCount(tags, direction, oneway: flow.oneway) > 0 {
      access.insert(.besideBusLane)
    }
    return DirectionAttributes(
      access: OnewayTags.access(access, tags, direction, flow),
      maxspeedKmh: SpeedTags.limitKmh(tags, direction, on: roadClass),
      advisoryKmh: SpeedTags.advisoryKmh(tags, direction, on: roadClass),
      laneCount: LaneTags.count(tags, direction, oneway: flow.oneway))
  }

  /// `direction` if any profile may ever drive it, else nothing.
  private static func driven(
    _ access: AccessFlags, _ direction: DriveDirections, _ roadClass: RoadClass
  ) -> DriveDirections {
    if access.contains(.noEmergency), access.isDisjoint(with: [.civil, .ownersOnly, .bus]) { return [] }
    let isOpenedContraflow = !access.isDisjoint(with: [.emergency, .bus])
    if access.contains(.contraflow), isWithoutContraflow(roadClass), !isOpenedContraflow { return [] }
    return direction
  }

  /// No department drives a motorway against the traffic, so that those arcs are left out, unless a tag opens them.
  private static func isWithoutContraflow(_ roadClass: RoadClass) -> Bool {
    roadClass == .motorway || roadClass == .motorwayLink || roadClass == .trunk
  }

  private static func layer(_ tags: OSMTags) -> Int8 { tags["layer"].flatMap { Int8($0) } ?? 0 }

  private func logWhatIsLost(_ way: OSMWay, _ roadClass: RoadClass, _ road: RoadDescription) {
    let tags = way.tags
    let flow = OnewayTags.flow(tags, on: roadClass)
    if flow.oneway != nil, road.directions != [.forward, .backward], Self.isWithoutContraflow(roadClass) {
      log.drop(.contraflowOnMotorway, osmID: way.id)
    }
    if flow == .reversible { log.drop(.onewayReversible, osmID: way.id) }
    log.drop(.unparsableMaxspeed, osmID: way.id, values: SpeedTags.unknownValues(tags))
    log.drop(.unlimitedSpeed, osmID: way.id, values: SpeedTags.disbelievedValues(tags, on: roadClass))
    log.drop(.unparsableLanes, osmID: way.id, values: LaneTags.unknownValues(tags))
    log.drop(.unparsableSize, osmID: way.id, values: SizeTags.unknownValues(tags))
    log.drop(
      .unparsableDuration, osmID: way.id, values: RouteTags.unknownDuration(tags, on: roadClass).map { [$0] } ?? [])
    log.drop(.unknownAccess, osmID: way.id, values: AccessTags.unknownValues(tags))
    log.drop(.unknownOneway, osmID: way.id, values: OnewayTags.unknownValues(tags))
    log.drop(.unknownSurface, osmID: way.id, values: SurfaceTags.unknownValues(tags))
  }
}
