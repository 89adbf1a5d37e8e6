import API
import CMessages

extension TileLayer: WireEnum {
  var wire: Tocsin__V1__TileLayer {
    switch self {
    case .roads: TOCSIN__V1__TILE_LAYER__TILE_LAYER_ROADS
    case .closures: TOCSIN__V1__TILE_LAYER__TILE_LAYER_CLOSURES
    case .speeds: TOCSIN__V1__TILE_LAYER__TILE_LAYER_SPEEDS
    case .coverage: TOCSIN__V1__TILE_LAYER__TILE_LAYER_COVERAGE
    }
  }
}

extension TileRequest: WireValue {
  static let initialize = tocsin__v1__tile_request__init
  static func read(_ message: Tocsin__V1__TileRequest) throws(CallStatus) -> TileRequest {
    var request = TileRequest(
      try .read(message.layer, "layer of a tile", .invalidTile), zoom: Int(message.z), column: Int(message.x),
      row: Int(message.y))
    request.profile = try message.profile.text("profile")
    request.knownTag = try message.known_tag.text("known_tag")
    return request
  }

  func write(to message: inout Tocsin__V1__TileRequest, in arena: MessageArena) {
    message.layer = layer.wire
    message.z = Int32(clamping: zoom)
    (message.x, message.y) = (Int32(clamping: column), Int32(clamping: row))
    message.profile = arena.text(profile)
    message.known_tag = arena.text(knownTag)
  }
}

extension TileAnswer: WireValue {
  static let initialize = tocsin__v1__tile_answer__init
  static func read(_ message: Tocsin__V1__TileAnswer) throws(CallStatus) -> TileAnswer {
    TileAnswer(
      version: message.version, tile: message.tile.bytes, tag: try message.tag.text("tag"),
      isKnown: message.known != 0, leftOutCount: Int(message.left_out_count))
  }

  func write(to message: inout Tocsin__V1__TileAnswer, in arena: MessageArena) {
    message.version = version
    message.tile = tile.withUnsafeBufferPointer { arena.bytes($0) }
    message.tag = arena.text(tag)
    message.known = isKnown ? 1 : 0
    message.left_out_count = UInt32(clamping: leftOutCount)
  }
}

extension TileRequest {
  /// Far out a tile shows all of a city, and coverage asks for all of it whatever a tile shows.
  var isLong: Bool { zoom < Self.detailedZoom || layer == .coverage }

  private static let detailedZoom = 14
}
