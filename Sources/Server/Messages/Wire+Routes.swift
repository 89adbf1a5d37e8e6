import API
import CMessages
import Geometry

extension RouteDetail: WireValue {
  static let initialize = tocsin__v1__route_detail__init
  static func read(_ message: Tocsin__V1__RouteDetail) throws(CallStatus) -> RouteDetail {
    var detail = RouteDetail(layers: try .read(message.layers, message.n_layers, "layers"))
    if message.shape != 0 { detail.insert(.shape) }
    if message.steps != 0 { detail.insert(.steps) }
    if message.ways != 0 { detail.insert(.ways) }
    if message.signals != 0 { detail.insert(.signals) }
    if message.stretches != 0 { detail.insert(.stretches) }
    if message.nodes != 0 { detail.insert(.nodes) }
    if message.junctions != 0 { detail.insert(.junctions) }
    return detail
  }

  func write(to message: inout Tocsin__V1__RouteDetail, in arena: MessageArena) {
    message.shape = contains(.shape) ? 1 : 0
    message.steps = contains(.steps) ? 1 : 0
    message.ways = contains(.ways) ? 1 : 0
    message.signals = contains(.signals) ? 1 : 0
    message.stretches = contains(.stretches) ? 1 : 0
    message.nodes = contains(.nodes) ? 1 : 0
    message.junctions = contains(.junctions) ? 1 : 0
    (message.n_layers, message.layers) = arena.texts(layers)
  }
}

extension RouteStep: WireValue {
  static let initialize = tocsin__v1__route_step__init
  static func read(_ message: Tocsin__V1__RouteStep) throws(CallStatus) -> RouteStep {
    var step = RouteStep(
      name: try message.name.text("name"), ref: try message.ref.text("ref"),
      wayOSMID: message.way_osm_id, maneuver: try .required(message.maneuver, "maneuver"),
      lengthMeters: message.length_meters, travelSeconds: message.travel_seconds)
    step.firstPoint = Int(message.first_point)
    step.junctions = try .read(message.junctions, message.n_junctions)
    return step
  }

  func write(to message: inout Tocsin__V1__RouteStep, in arena: MessageArena) {
    message.name = arena.text(name)
    message.ref = arena.text(ref)
    message.way_osm_id = wayOSMID
    message.turn_degrees = Int32(clamping: maneuver.angleDegrees)
    message.maneuver = arena.message(maneuver)
    message.length_meters = lengthMeters
    message.travel_seconds = travelSeconds
    message.first_point = UInt32(clamping: firstPoint)
    (message.n_junctions, message.junctions) = arena.messages(junctions)
  }
}

extension RouteJunction: WireValue {
  static let initialize = tocsin__v1__route_junction__init
  static func read(_ message: Tocsin__V1__RouteJunction) throws(CallStatus) -> RouteJunction {
    RouteJunction(
      coordinate: try Coordinate.read(message.coordinate, of: "the junction"),
      bearings: UnsafeBufferPointer(start: message.bearing_degrees, count: message.n_bearing_degrees).map { Int($0) },
      mayEnter: UnsafeBufferPointer(start: message.may_enter, count: message.n_may_enter).map { $0 != 0 },
      arrivesBy: Int(message.arrives_by), leavesBy: Int(message.leaves_by))
  }

  func write(to message: inout Tocsin__V1__RouteJunction, in arena: MessageArena) {
    message.coordinate = arena.message(coordinate)
    (message.n_bearing_degrees, message.bearing_degrees) = arena.column(bearings.map { UInt32(clamping: $0) })
    (message.n_may_enter, message.may_enter) = arena.column(mayEnter.map { protobuf_c_boolean($0 ? 1 : 0) })
    (message.arrives_by, message.leaves_by) = (UInt32(clamping: arrivesBy), UInt32(clamping: leavesBy))
  }
}

extension RouteStretch: WireValue {
  static let initialize = tocsin__v1__route_stretch__init
  static func read(_ message: Tocsin__V1__RouteStretch) -> RouteStretch {
    RouteStretch(
      travelSeconds: message.travel_seconds,
      nodes: OSMNodePair(from: message.from_osm_node, to: message.to_osm_node).given)
  }

  func write(to message: inout Tocsin__V1__RouteStretch, in arena: MessageArena) {
    message.travel_seconds = travelSeconds
    (message.from_osm_node, message.to_osm_node) = (nodes?.from ?? 0, nodes?.to ?? 0)
  }
}

extension RouteLeg: WireValue {
  static let initialize = tocsin__v1__route_leg__init
  static func read(_ message: Tocsin__V1__RouteLeg) -> RouteLeg {
    var leg = RouteLeg(travelSeconds: message.travel_seconds, lengthMeters: message.length_meters)
    (leg.firstStep, leg.firstPoint) = (Int(message.first_step), Int(message.first_point))
    return leg
  }

  func write(to message: inout Tocsin__V1__RouteLeg, in arena: MessageArena) {
    message.travel_seconds = travelSeconds
    message.length_meters = lengthMeters
    message.first_step = UInt32(clamping: firstStep)
    message.first_point = UInt32(clamping: firstPoint)
  }
}

extension Maneuver: WireValue {
  static let initialize = tocsin__v1__maneuver__init
  static func read(_ message: Tocsin__V1__Maneuver) throws(CallStatus) -> Maneuver {
    let (type, word) = (try message.type.text("type"), try message.modifier.text("modifier"))
    guard let kind = Kind(rawValue: type) else {
      throw CallStatus(.malformedMessage, "unknown type of maneuver", value: type)
    }
    let modifier = Modifier(rawValue: word)
    guard modifier != nil || word.isEmpty else {
      throw CallStatus(.malformedMessage, "unknown modifier of a maneuver", value: word)
    }
    return Maneuver(
      kind, modifier, angleDegrees: Int(message.angle_degrees), bearingBefore: Int(message.bearing_before_degrees),
      bearingAfter: Int(message.bearing_after_degrees),
      coordinate: try Coordinate.read(message.coordinate, of: "the maneuver"),
      roundaboutExit: message.roundabout_exit == 0 ? nil : Int(message.roundabout_exit))
  }

  func write(to message: inout Tocsin__V1__Maneuver, in arena: MessageArena) {
    message.type = arena.text(kind.rawValue)
    message.modifier = arena.text(modifier?.rawValue ?? "")
    message.angle_degrees = Int32(clamping: angleDegrees)
    message.bearing_before_degrees = UInt32(clamping: bearingBefore)
    message.bearing_after_degrees = UInt32(clamping: bearingAfter)
    message.coordinate = arena.message(coordinate)
    message.roundabout_exit = UInt32(clamping: roundaboutExit ?? 0)
  }
}

extension RouteSignal: WireValue {
  static let initialize = tocsin__v1__route_signal__init
  static func read(_ message: Tocsin__V1__RouteSignal) throws(CallStatus) -> RouteSignal {
    RouteSignal(
      osmID: message.osm_id, coordinate: try Coordinate.read(message.coordinate, of: "the signal"),
      travelSeconds: message.travel_seconds, lengthMeters: message.length_meters)
  }

  func write(to message: inout Tocsin__V1__RouteSignal, in arena: MessageArena) {
    message.osm_id = osmID
    message.coordinate = arena.message(coordinate)
    message.travel_seconds = travelSeconds
    message.length_meters = lengthMeters
  }
}

extension RouteAsset: WireValue {
  static let initialize = tocsin__v1__route_asset__init
  static func read(_ message: Tocsin__V1__RouteAsset) throws(CallStatus) -> RouteAsset {
    var asset = RouteAsset(
      try message.layer.text("layer"), try .required(message.feature, "feature"),
      travelSeconds: message.travel_seconds, lengthMeters: message.length_meters,
      side: StreetSide(wire: message.side) ?? .none, distanceMeters: message.distance_meters)
    if message.has_in_view_from_seconds != 0, message.has_in_view_until_seconds != 0,
      message.in_view_from_seconds <= message.in_view_until_seconds
    {
      asset.inViewSeconds = message.in_view_from_seconds...message.in_view_until_seconds
    }
    return asset
  }

  func write(to message: inout Tocsin__V1__RouteAsset, in arena: MessageArena) {
    message.layer = arena.text(layer)
    message.feature = arena.message(feature)
    (message.travel_seconds, message.length_meters) = (travelSeconds, lengthMeters)
    (message.side, message.distance_meters) = (side.wire, distanceMeters)
    (message.has_in_view_from_seconds, message.in_view_from_seconds) = given(inViewSeconds?.lowerBound)
    (message.has_in_view_until_seconds, message.in_view_until_seconds) = given(inViewSeconds?.upperBound)
  }
}

extension RouteWay: WireValue {
  static let initialize = tocsin__v1__route_way__init
  static func read(_ message: Tocsin__V1__RouteWay) throws(CallStatus) -> RouteWay {
    RouteWay(osmID: message.osm_id, name: try message.name.text("name"))
  }

  func write(to message: inout Tocsin__V1__RouteWay, in arena: MessageArena) {
    message.osm_id = osmID
    message.name = arena.text(name)
  }
}

extension UsedExemption: WireValue {
  static let initialize = tocsin__v1__used_exemption__init
  static func read(_ message: Tocsin__V1__UsedExemption) throws(CallStatus) -> UsedExemption {
    UsedExemption(
      kind: try message.kind.text("kind"), osmID: message.osm_id,
      name: try message.name.text("name"),
      coordinate: try Coordinate.read(message.coordinate, of: "the exemption"), lengthMeters: message.length_meters,
      seconds: message.seconds,
      closureIDs: try .read(message.closure_ids, message.n_closure_ids, "closure_ids"))
  }

  func write(to message: inout Tocsin__V1__UsedExemption, in arena: MessageArena) {
    message.kind = arena.text(kind)
    message.osm_id = osmID
    message.name = arena.text(name)
    message.coordinate = arena.message(coordinate)
    message.length_meters = lengthMeters
    message.seconds = seconds
    (message.n_closure_ids, message.closure_ids) = arena.texts(closureIDs)
  }
}

extension Route: WireValue {
  static let initialize = tocsin__v1__route_line__init
  static func read(_ message: Tocsin__V1__RouteLine) throws(CallStatus) -> Route {
    var line = Route(travelSeconds: message.travel_seconds, lengthMeters: message.length_meters)
    line.shape = try message.polyline6.line("polyline6")
    line.steps = try .read(message.steps, message.n_steps)
    line.ways = try .read(message.ways, message.n_ways)
    line.signals = try .read(message.signals, message.n_signals)
    line.exemptions = try .read(message.exemptions, message.n_exemptions)
    line.needsLastResort = message.needs_last_resort != 0
    line.legs = try .read(message.legs, message.n_legs)
    line.assets = try .read(message.assets, message.n_assets)
    line.assetsLeftOutCount = Int(message.assets_left_out)
    line.stretches = try .read(message.stretches, message.n_stretches)
    return line
  }

  func write(to message: inout Tocsin__V1__RouteLine, in arena: MessageArena) {
    message.travel_seconds = travelSeconds
    message.length_meters = lengthMeters
    message.polyline6 = arena.text(Polyline.encode(shape))
    (message.n_steps, message.steps) = arena.messages(steps)
    (message.n_ways, message.ways) = arena.messages(ways)
    (message.n_signals, message.signals) = arena.messages(signals)
    (message.n_exemptions, message.exemptions) = arena.messages(exemptions)
    message.needs_last_resort = needsLastResort ? 1 : 0
    (message.n_legs, message.legs) = arena.messages(legs)
    (message.n_assets, message.assets) = arena.messages(assets)
    message.assets_left_out = UInt32(clamping: assetsLeftOutCount)
    (message.n_stretches, message.stretches) = arena.messages(stretches)
  }
}
