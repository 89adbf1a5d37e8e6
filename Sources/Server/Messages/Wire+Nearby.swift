import API
import CMessages

extension NearbyRequest: WireValue {
  static let initialize = tocsin__v1__nearby_request__init
  static func read(_ message: Tocsin__V1__NearbyRequest) throws(CallStatus) -> NearbyRequest {
    var request = NearbyRequest(
      try .required(message.place, "place"), layers: try .read(message.layers, message.n_layers, "layers"))
    if let meters = given(message.has_radius_meters, message.radius_meters) {
      request.radiusMeters = try meters.finite("radius_meters", .invalidRadius)
    }
    if let count = given(message.has_count, message.count) { request.count = Int(count) }
    request.isAlongRoads = message.along_roads != 0
    return request
  }

  func write(to message: inout Tocsin__V1__NearbyRequest, in arena: MessageArena) {
    message.place = arena.message(place)
    (message.n_layers, message.layers) = arena.texts(layers)
    (message.has_radius_meters, message.radius_meters) = (1, radiusMeters)
    (message.has_count, message.count) = (1, Int32(clamping: count))
    message.along_roads = isAlongRoads ? 1 : 0
  }
}

extension NearbyFeature: WireValue {
  static let initialize = tocsin__v1__nearby_feature__init
  static func read(_ message: Tocsin__V1__NearbyFeature) throws(CallStatus) -> NearbyFeature {
    NearbyFeature(
      try message.layer.text("layer"), try .required(message.feature, "feature"), airMeters: message.air_meters,
      roadMeters: given(message.has_road_meters, message.road_meters), side: StreetSide(wire: message.side) ?? .none)
  }

  func write(to message: inout Tocsin__V1__NearbyFeature, in arena: MessageArena) {
    message.layer = arena.text(layer)
    message.feature = arena.message(feature)
    message.air_meters = airMeters
    (message.has_road_meters, message.road_meters) = given(roadMeters)
    message.side = side.wire
    message.unusable = feature.isUsable ? 0 : 1
  }
}

extension NearbyAnswer: WireValue {
  static let initialize = tocsin__v1__nearby_answer__init
  static func read(_ message: Tocsin__V1__NearbyAnswer) throws(CallStatus) -> NearbyAnswer {
    NearbyAnswer(
      version: message.version, place: try .optional(message.place),
      features: try .read(message.features, message.n_features))
  }

  func write(to message: inout Tocsin__V1__NearbyAnswer, in arena: MessageArena) {
    message.version = version
    if let place { message.place = arena.message(place) }
    (message.n_features, message.features) = arena.messages(features)
  }
}
