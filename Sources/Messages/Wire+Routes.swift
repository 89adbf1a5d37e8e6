import CMessages
import Engine
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
    return detail
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RouteDetail>, in arena: MessageArena) {
    message.pointee.shape = contains(.shape) ? 1 : 0
    message.pointee.steps = contains(.steps) ? 1 : 0
    message.pointee.ways = contains(.ways) ? 1 : 0
  }
}

extension RouteStep: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__RouteStep>) {
    tocsin__v1__route_step__init(message)
  }

  static func read(_ message: Tocsin__V1__RouteStep) throws(CallStatus) -> RouteStep {
    RouteStep(
      name: try WireReader.text(message.name, "name"), ref: try WireReader.text(message.ref, "ref"),
      wayOSMID: message.way_osm_id, turnDegrees: Int(message.turn_degrees), lengthMeters: message.length_meters,
      travelSeconds: message.travel_seconds)
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RouteStep>, in arena: MessageArena) {
    message.pointee.name = arena.text(name)
    message.pointee.ref = arena.text(ref)
    message.pointee.way_osm_id = wayOSMID
    message.pointee.turn_degrees = Int32(clamping: turnDegrees)
    message.pointee.length_meters = lengthMeters
    message.pointee.travel_seconds = travelSeconds
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
      coordinate: try Coordinate.read(message.coordinate, of: "the exemption"))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__UsedExemption>, in arena: MessageArena) {
    message.pointee.kind = arena.text(kind)
    message.pointee.osm_id = osmID
    message.pointee.name = arena.text(name)
    message.pointee.coordinate = arena.message(coordinate)
  }
}

extension RouteLine: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__RouteLine>) {
    tocsin__v1__route_line__init(message)
  }

  static func read(_ message: Tocsin__V1__RouteLine) throws(CallStatus) -> RouteLine {
    RouteLine(
      travelSeconds: message.travel_seconds, lengthMeters: message.length_meters,
      shape: try shape(message.shape, message.n_shape),
      steps: try WireReader.messages(message.steps, message.n_steps),
      ways: try WireReader.messages(message.ways, message.n_ways),
      exemptions: try WireReader.messages(message.exemptions, message.n_exemptions))
  }

  private static func shape(_ numbers: UnsafeMutablePointer<Double>?, _ count: Int) throws(CallStatus) -> [Coordinate] {
    guard count.isMultiple(of: 2) else {
      throw CallStatus(.malformedMessage, "shape has an odd count of numbers", value: "\(count)")
    }
    var shape: [Coordinate] = []
    shape.reserveCapacity(count / 2)
    for index in stride(from: 0, to: count, by: 2) {
      guard let numbers, let coordinate = Coordinate(latitude: numbers[index], longitude: numbers[index + 1]) else {
        throw CallStatus(.malformedMessage, "shape has a point that is no coordinate", value: "\(index / 2)")
      }
      shape.append(coordinate)
    }
    return shape
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RouteLine>, in arena: MessageArena) {
    message.pointee.travel_seconds = travelSeconds
    message.pointee.length_meters = lengthMeters
    let numbers = arena.array(shape.count * 2, of: Double.self)
    for (index, coordinate) in shape.enumerated() {
      numbers[index * 2] = coordinate.latitude
      numbers[index * 2 + 1] = coordinate.longitude
    }
    (message.pointee.n_shape, message.pointee.shape) = (shape.count * 2, numbers)
    (message.pointee.n_steps, message.pointee.steps) = (steps.count, arena.messages(steps))
    (message.pointee.n_ways, message.pointee.ways) = (ways.count, arena.messages(ways))
    (message.pointee.n_exemptions, message.pointee.exemptions) = (exemptions.count, arena.messages(exemptions))
  }
}

// MARK: - Requests and answers

extension RouteRequest: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__RouteRequest>? {
    tocsin__v1__route_request__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__RouteRequest>) {
    tocsin__v1__route_request__init(message)
  }

  static func read(_ message: Tocsin__V1__RouteRequest) throws(CallStatus) -> RouteRequest {
    var request = RouteRequest(
      places: try WireReader.messages(message.places, message.n_places),
      profile: try WireReader.text(message.profile, "profile"))
    if let detail = message.detail { request.detail = RouteDetail.read(detail.pointee) }
    return request
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RouteRequest>, in arena: MessageArena) {
    (message.pointee.n_places, message.pointee.places) = (places.count, arena.messages(places))
    message.pointee.profile = arena.text(profile)
    message.pointee.detail = arena.message(detail)
  }
}

extension RouteAnswer: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__RouteAnswer>? {
    tocsin__v1__route_answer__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__RouteAnswer>) {
    tocsin__v1__route_answer__init(message)
  }

  static func read(_ message: Tocsin__V1__RouteAnswer) throws(CallStatus) -> RouteAnswer {
    RouteAnswer(
      version: message.version, from: try WireReader.required(message.from, "from"),
      to: try WireReader.required(message.to, "to"), route: try WireReader.required(message.route, "route"))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RouteAnswer>, in arena: MessageArena) {
    message.pointee.version = version
    message.pointee.from = arena.message(from)
    message.pointee.to = arena.message(to)
    message.pointee.route = arena.message(route)
  }
}

extension SnapRequest: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__SnapRequest>? {
    tocsin__v1__snap_request__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__SnapRequest>) {
    tocsin__v1__snap_request__init(message)
  }

  static func read(_ message: Tocsin__V1__SnapRequest) throws(CallStatus) -> SnapRequest {
    var request = SnapRequest(
      place: try WireReader.required(message.place, "place"),
      profile: try WireReader.text(message.profile, "profile"))
    if message.has_radius_meters_case.rawValue != 0 {
      request.radiusMeters = try WireReader.notNegative(message.radius_meters, "radius_meters", .invalidRadius)
    }
    if message.has_count_case.rawValue != 0 {
      request.count = try WireReader.count(message.count)
    }
    return request
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__SnapRequest>, in arena: MessageArena) {
    message.pointee.place = arena.message(place)
    message.pointee.profile = arena.text(profile)
    message.pointee.has_radius_meters_case = TOCSIN__V1__SNAP_REQUEST__HAS_RADIUS_METERS_RADIUS_METERS
    message.pointee.radius_meters = radiusMeters
    message.pointee.has_count_case = TOCSIN__V1__SNAP_REQUEST__HAS_COUNT_COUNT
    message.pointee.count = Int32(clamping: count)
  }
}

extension SnapAnswer: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__SnapAnswer>? {
    tocsin__v1__snap_answer__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__SnapAnswer>) {
    tocsin__v1__snap_answer__init(message)
  }

  static func read(_ message: Tocsin__V1__SnapAnswer) throws(CallStatus) -> SnapAnswer {
    SnapAnswer(version: message.version, places: try WireReader.messages(message.places, message.n_places))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__SnapAnswer>, in arena: MessageArena) {
    message.pointee.version = version
    (message.pointee.n_places, message.pointee.places) = (places.count, arena.messages(places))
  }
}

extension WireReader {
  /// How many are wanted: at least 1.
  static func count(_ count: Int32) throws(CallStatus) -> Int {
    guard count >= 1 else { throw CallStatus(EngineError(.invalidCount, "count is at least 1", value: "\(count)")) }
    return Int(count)
  }
}
