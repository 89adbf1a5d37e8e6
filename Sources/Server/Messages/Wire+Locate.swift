import API
import CMessages
import Geometry

extension LocateRequest: WireValue {
  static let initialize = tocsin__v1__locate_request__init
  static func read(_ message: Tocsin__V1__LocateRequest) throws(CallStatus) -> LocateRequest {
    var request = try from(message)
    if let meters = given(message.has_radius_meters, message.radius_meters) {
      request.radiusMeters = try meters.finite("radius_meters", .invalidRadius)
    }
    if let count = given(message.has_count, message.count) { request.count = Int(count) }
    do throws(CallStatus) {
      request.levels = try LevelFilter.optional(message.levels) ?? .all
    } catch {
      throw CallStatus(EngineError(.invalidArgument, error.message, value: error.value))
    }
    request.language = try message.language.text("language")
    return request
  }

  private static func from(_ message: Tocsin__V1__LocateRequest) throws(CallStatus) -> LocateRequest {
    switch message.from_case {
    case TOCSIN__V1__LOCATE_REQUEST__FROM_PLACE: return LocateRequest(try .required(message.place, "place"))
    case TOCSIN__V1__LOCATE_REQUEST__FROM_TEXT: return LocateRequest(text: try message.text.text("text"))
    default: throw CallStatus(EngineError(.invalidArgument, "the request has neither a place nor a text"))
    }
  }

  func write(to message: inout Tocsin__V1__LocateRequest, in arena: MessageArena) {
    switch from {
    case .place(let place):
      (message.from_case, message.place) = (TOCSIN__V1__LOCATE_REQUEST__FROM_PLACE, arena.message(place))
    case .text(let text):
      (message.from_case, message.text) = (TOCSIN__V1__LOCATE_REQUEST__FROM_TEXT, arena.text(text))
    }
    (message.has_radius_meters, message.radius_meters) = (1, radiusMeters)
    (message.has_count, message.count) = (1, Int32(clamping: count))
    if levels != .all { message.levels = arena.message(levels) }
    message.language = arena.text(language)
  }
}

extension CompassPoint {
  /// The point that a text names. Throws `MALFORMED_MESSAGE`.
  fileprivate static func read(_ text: String) throws(CallStatus) -> CompassPoint {
    if let point = CompassPoint(rawValue: text) { return point }
    throw CallStatus(.malformedMessage, "no point of the compass", value: String(text.prefix(40)))
  }
}

extension NamedJunction: WireValue {
  static let initialize = tocsin__v1__named_junction__init
  static func read(_ message: Tocsin__V1__NamedJunction) throws(CallStatus) -> NamedJunction {
    NamedJunction(
      try message.name.text("name"), try Coordinate.read(message.coordinate, of: "the junction"),
      lengthMeters: message.length_meters, toward: try .read(message.toward.text("toward")))
  }

  func write(to message: inout Tocsin__V1__NamedJunction, in arena: MessageArena) {
    message.name = arena.text(name)
    message.coordinate = arena.message(coordinate)
    message.length_meters = lengthMeters
    message.toward = arena.text(toward.rawValue)
  }
}

extension KilometreMark: WireValue {
  static let initialize = tocsin__v1__km_marker__init
  static func read(_ message: Tocsin__V1__KmMarker) throws(CallStatus) -> KilometreMark {
    KilometreMark(
      road: try message.road.text("road"), kilometres: message.kilometres,
      direction: try message.direction.text("direction"), errorMeters: message.error_meters)
  }

  func write(to message: inout Tocsin__V1__KmMarker, in arena: MessageArena) {
    (message.road, message.direction) = (arena.text(road), arena.text(direction))
    (message.kilometres, message.error_meters) = (kilometres, errorMeters)
  }
}

extension LocatedRoad: WireValue {
  static let initialize = tocsin__v1__located_road__init
  static func read(_ message: Tocsin__V1__LocatedRoad) throws(CallStatus) -> LocatedRoad {
    var road = LocatedRoad(try .required(message.road, "road"))
    road.ref = try message.ref.text("ref")
    road.towards = try message.towards.text("towards")
    (road.before, road.after) = (try .optional(message.before), try .optional(message.after))
    road.isDivided = message.is_divided != 0
    road.structure = try message.structure.text("structure")
    road.mark = try .optional(message.marker)
    road.probability = message.probability
    road.question = try message.question.text("question")
    road.words = try message.words.text("words")
    let point = try message.off_road.text("off_road")
    if !point.isEmpty { road.offRoad = try .read(point) }
    return road
  }

  func write(to message: inout Tocsin__V1__LocatedRoad, in arena: MessageArena) {
    message.road = arena.message(road)
    (message.ref, message.towards) = (arena.text(ref), arena.text(towards))
    if let before { message.before = arena.message(before) }
    if let after { message.after = arena.message(after) }
    message.is_divided = isDivided ? 1 : 0
    message.level = Int32(road.layer)
    message.structure = arena.text(structure)
    if let mark { message.marker = arena.message(mark) }
    message.probability = probability
    (message.question, message.words) = (arena.text(question), arena.text(words))
    message.off_road = arena.text(offRoad?.rawValue ?? "")
  }
}

extension FoundPlace: WireValue {
  static let initialize = tocsin__v1__found_place__init
  static func read(_ message: Tocsin__V1__FoundPlace) throws(CallStatus) -> FoundPlace {
    let word = try message.kind.text("kind")
    guard let kind = Kind(rawValue: word) else {
      throw CallStatus(.malformedMessage, "unknown kind of place", value: String(word.prefix(40)))
    }
    var place = FoundPlace(
      kind, try message.name.text("name"), try Coordinate.read(message.coordinate, of: "the place"))
    place.headingDegrees = given(message.has_heading_degrees, message.heading_degrees)
    (place.layer, place.id) = (try message.layer.text("layer"), try message.id.text("id"))
    place.district = try message.district.text("district")
    return place
  }

  func write(to message: inout Tocsin__V1__FoundPlace, in arena: MessageArena) {
    (message.kind, message.name) = (arena.text(kind.rawValue), arena.text(name))
    message.coordinate = arena.message(coordinate)
    (message.has_heading_degrees, message.heading_degrees) = given(headingDegrees)
    (message.layer, message.id) = (arena.text(layer), arena.text(id))
    message.district = arena.text(district)
  }
}

extension LocatedFeature: WireValue {
  static let initialize = tocsin__v1__located_feature__init
  static func read(_ message: Tocsin__V1__LocatedFeature) throws(CallStatus) -> LocatedFeature {
    LocatedFeature(
      layer: try message.layer.text("layer"), id: try message.id.text("id"), name: try message.name.text("name"),
      try Coordinate.read(message.coordinate, of: "the feature"), distanceMeters: message.distance_meters)
  }

  func write(to message: inout Tocsin__V1__LocatedFeature, in arena: MessageArena) {
    (message.layer, message.id, message.name) = (arena.text(layer), arena.text(id), arena.text(name))
    message.coordinate = arena.message(coordinate)
    message.distance_meters = distanceMeters
  }
}

extension LocateAnswer: WireValue {
  static let initialize = tocsin__v1__locate_answer__init
  static func read(_ message: Tocsin__V1__LocateAnswer) throws(CallStatus) -> LocateAnswer {
    var answer = LocateAnswer(
      version: message.version, coordinate: try Coordinate.read(message.coordinate, of: "the answer"))
    answer.roads = try .read(message.roads, message.n_roads)
    answer.nationalPointNumber = try message.national_point_number.text("national_point_number")
    answer.nearby = try .read(message.nearby, message.n_nearby)
    answer.district = try message.district.text("district")
    answer.found = try .read(message.found, message.n_found)
    return answer
  }

  func write(to message: inout Tocsin__V1__LocateAnswer, in arena: MessageArena) {
    message.version = version
    message.coordinate = arena.message(coordinate)
    (message.n_roads, message.roads) = arena.messages(roads)
    message.national_point_number = arena.text(nationalPointNumber)
    (message.n_nearby, message.nearby) = arena.messages(nearby)
    message.district = arena.text(district)
    (message.n_found, message.found) = arena.messages(found)
  }
}
