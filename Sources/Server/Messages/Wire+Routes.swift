import API
import CMessages
import Geometry

extension RouteDetail: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__RouteDetail>) {
    tocsin__v1__route_detail__init(message)
  }

  static func read(_ message: Tocsin__V1__RouteDetail) -> RouteDetail {
    var detail: RouteDetail = []
    if message.shape != 0 { detail.insert(.shape) }
    if message.steps != 0 { detail.insert(.steps) }
    if message.ways != 0 { detail.insert(.ways) }
    if message.signals != 0 { detail.insert(.signals) }
    return detail
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RouteDetail>, in arena: MessageArena) {
    message.pointee.shape = contains(.shape) ? 1 : 0
    message.pointee.steps = contains(.steps) ? 1 : 0
    message.pointee.ways = contains(.ways) ? 1 : 0
    message.pointee.signals = contains(.signals) ? 1 : 0
  }
}

extension RouteStep: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__RouteStep>) {
    tocsin__v1__route_step__init(message)
  }

  static func read(_ message: Tocsin__V1__RouteStep) throws(CallStatus) -> RouteStep {
    RouteStep(
      name: try WireReader.text(message.name, "name"), ref: try WireReader.text(message.ref, "ref"),
      wayOSMID: message.way_osm_id, maneuver: try WireReader.required(message.maneuver, "maneuver"),
      lengthMeters: message.length_meters, travelSeconds: message.travel_seconds)
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RouteStep>, in arena: MessageArena) {
    message.pointee.name = arena.text(name)
    message.pointee.ref = arena.text(ref)
    message.pointee.way_osm_id = wayOSMID
    message.pointee.turn_degrees = Int32(clamping: maneuver.angleDegrees)
    message.pointee.maneuver = arena.message(maneuver)
    message.pointee.length_meters = lengthMeters
    message.pointee.travel_seconds = travelSeconds
  }
}

extension Maneuver: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__Maneuver>) {
    tocsin__v1__maneuver__init(message)
  }

  static func read(_ message: Tocsin__V1__Maneuver) throws(CallStatus) -> Maneuver {
    let (type, word) = (try WireReader.text(message.type, "type"), try WireReader.text(message.modifier, "modifier"))
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

  func write(to message: UnsafeMutablePointer<Tocsin__V1__Maneuver>, in arena: MessageArena) {
    message.pointee.type = arena.text(kind.rawValue)
    message.pointee.modifier = arena.text(modifier?.rawValue ?? "")
    message.pointee.angle_degrees = Int32(clamping: angleDegrees)
    message.pointee.bearing_before_degrees = UInt32(clamping: bearingBefore)
    message.pointee.bearing_after_degrees = UInt32(clamping: bearingAfter)
    message.pointee.coordinate = arena.message(coordinate)
    message.pointee.roundabout_exit = UInt32(clamping: roundaboutExit ?? 0)
  }
}

extension RouteSignal: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__RouteSignal>) {
    tocsin__v1__route_signal__init(message)
  }

  static func read(_ message: Tocsin__V1__RouteSignal) throws(CallStatus) -> RouteSignal {
    RouteSignal(
      osmID: message.osm_id, coordinate: try Coordinate.read(message.coordinate, of: "the signal"),
      travelSeconds: message.travel_seconds, lengthMeters: message.length_meters)
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RouteSignal>, in arena: MessageArena) {
    message.pointee.osm_id = osmID
    message.pointee.coordinate = arena.message(coordinate)
    message.pointee.travel_seconds = travelSeconds
    message.pointee.length_meters = lengthMeters
  }
}

extension RouteWay: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__RouteWay>) {
    tocsin__v1__route_way__init(message)
  }

  static func read(_ message: Tocsin__V1__RouteWay) throws(CallStatus) -> RouteWay {
    RouteWay(osmID: message.osm_id, name: try WireReader.text(message.name, "name"))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RouteWay>, in arena: MessageArena) {
    message.pointee.osm_id = osmID
    message.pointee.name = arena.text(name)
  }
}

extension UsedExemption: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__UsedExemption>) {
    tocsin__v1__used_exemption__init(message)
  }

  static func read(_ message: Tocsin__V1__UsedExemption) throws(CallStatus) -> UsedExemption {
    UsedExemption(
      kind: try WireReader.text(message.kind, "kind"), osmID: message.osm_id,
      name: try WireReader.text(message.name, "name"),
      coordinate: try Coordinate.read(message.coordinate, of: "the exemption"), lengthMeters: message.length_meters,
      seconds: message.seconds)
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__UsedExemption>, in arena: MessageArena) {
    message.pointee.kind = arena.text(kind)
    message.pointee.osm_id = osmID
    message.pointee.name = arena.text(name)
    message.pointee.coordinate = arena.message(coordinate)
    message.pointee.length_meters = lengthMeters
    message.pointee.seconds = seconds
  }
}

extension Route: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__RouteLine>) {
    tocsin__v1__route_line__init(message)
  }

  static func read(_ message: Tocsin__V1__RouteLine) throws(CallStatus) -> Route {
    var line = Route(travelSeconds: message.travel_seconds, lengthMeters: message.length_meters)
    let polyline6 = try WireReader.text(message.polyline6, "polyline6")
    guard let shape = Polyline.decode(polyline6) else {
      throw CallStatus(.malformedMessage, "polyline6 is not a line on earth", value: String(polyline6.prefix(40)))
    }
    line.shape = shape
    line.steps = try WireReader.messages(message.steps, message.n_steps)
    line.ways = try WireReader.messages(message.ways, message.n_ways)
    line.signals = try WireReader.messages(message.signals, message.n_signals)
    line.exemptions = try WireReader.messages(message.exemptions, message.n_exemptions)
    return line
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RouteLine>, in arena: MessageArena) {
    message.pointee.travel_seconds = travelSeconds
    message.pointee.length_meters = lengthMeters
    message.pointee.polyline6 = arena.text(Polyline.encode(shape))
    (message.pointee.n_steps, message.pointee.steps) = (steps.count, arena.messages(steps))
    (message.pointee.n_ways, message.pointee.ways) = (ways.count, arena.messages(ways))
    (message.pointee.n_signals, message.pointee.signals) = (signals.count, arena.messages(signals))
    (message.pointee.n_exemptions, message.pointee.exemptions) = (exemptions.count, arena.messages(exemptions))
  }
}
