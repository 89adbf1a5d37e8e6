import API
import CMessages
import Geometry

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
    request.alternatives = Int(message.alternatives)
    request.whatIf = try WireReader.messages(message.what_if, message.n_what_if)
    if message.has_radius_meters_case.rawValue != 0 {
      request.reach.radiusMeters = try WireReader.radius(message.radius_meters)
    }
    if message.has_heading_tolerance_degrees_case.rawValue != 0 {
      request.reach.headingToleranceDegrees = try WireReader.headingTolerance(message.heading_tolerance_degrees)
    }
    return request
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RouteRequest>, in arena: MessageArena) {
    (message.pointee.n_places, message.pointee.places) = (places.count, arena.messages(places))
    message.pointee.profile = arena.text(profile)
    message.pointee.detail = arena.message(detail)
    message.pointee.alternatives = Int32(clamping: alternatives)
    (message.pointee.n_what_if, message.pointee.what_if) = (whatIf.count, arena.messages(whatIf))
    message.pointee.has_radius_meters_case = TOCSIN__V1__ROUTE_REQUEST__HAS_RADIUS_METERS_RADIUS_METERS
    message.pointee.radius_meters = reach.radiusMeters
    message.pointee.has_heading_tolerance_degrees_case =
      TOCSIN__V1__ROUTE_REQUEST__HAS_HEADING_TOLERANCE_DEGREES_HEADING_TOLERANCE_DEGREES
    message.pointee.heading_tolerance_degrees = reach.headingToleranceDegrees
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
      to: try WireReader.required(message.to, "to"), route: try WireReader.required(message.route, "route"),
      alternatives: try WireReader.messages(message.alternatives, message.n_alternatives))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RouteAnswer>, in arena: MessageArena) {
    message.pointee.version = version
    message.pointee.from = arena.message(from)
    message.pointee.to = arena.message(to)
    message.pointee.route = arena.message(route)
    (message.pointee.n_alternatives, message.pointee.alternatives) = (alternatives.count, arena.messages(alternatives))
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
      request.reach.radiusMeters = try WireReader.radius(message.radius_meters)
    }
    if message.has_heading_tolerance_degrees_case.rawValue != 0 {
      request.reach.headingToleranceDegrees = try WireReader.headingTolerance(message.heading_tolerance_degrees)
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
    message.pointee.radius_meters = reach.radiusMeters
    message.pointee.has_heading_tolerance_degrees_case =
      TOCSIN__V1__SNAP_REQUEST__HAS_HEADING_TOLERANCE_DEGREES_HEADING_TOLERANCE_DEGREES
    message.pointee.heading_tolerance_degrees = reach.headingToleranceDegrees
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
  static func radius(_ meters: Double) throws(CallStatus) -> Double {
    try notNegative(meters, "radius_meters", .invalidRadius)
  }

  static func headingTolerance(_ degrees: Double) throws(CallStatus) -> Double {
    try notNegative(degrees, "heading_tolerance_degrees", .invalidHeading)
  }

  /// How many are wanted: at least 1.
  static func count(_ count: Int32) throws(CallStatus) -> Int {
    guard count >= 1 else {
      throw CallStatus(EngineError(.invalidCount, "count must be at least 1", value: "\(count)"))
    }
    return Int(count)
  }
}
