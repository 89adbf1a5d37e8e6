import API
import Foundation
import Geometry

/// A line of a batch: a route request in JSON.
struct BatchRequest: Decodable {
  struct Place: Decodable {
    var lat: Double
    var lon: Double
    var heading: Double?
    /// The lowest and the highest one, or only one.
    var layers: [Int8]?
    var bridges: LevelFilter.Presence?
    var tunnels: LevelFilter.Presence?
  }

  var from: Place
  var to: Place
  var via: [Place]?
  var profile: String?

  private static let shownCharactersMax = 60

  /// Reads a line.
  ///
  /// - Throws: ``CommandFailure`` with `INVALID_JSON`, `MISSING_KEY` or `WRONG_TYPE`.
  init(line: [UInt8]) throws {
    do {
      self = try JSONDecoder().decode(BatchRequest.self, from: Data(line))
    } catch let error as DecodingError {
      throw Self.failure(error, line: line)
    }
  }

  private static func failure(_ error: DecodingError, line: [UInt8]) -> CommandFailure {
    switch error {
    case .keyNotFound(let key, let context):
      return CommandFailure("MISSING_KEY", "a key is missing", value: path(context.codingPath + [key]))
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return CommandFailure("WRONG_TYPE", "a value has the wrong type", value: path(context.codingPath))
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      return CommandFailure("WRONG_TYPE", "a value can't be used", value: path(context.codingPath))
    default:
      let text = Printable.text(String(decoding: line, as: UTF8.self))
      return CommandFailure("INVALID_JSON", "the line is not JSON", value: String(text.prefix(shownCharactersMax)))
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.isEmpty ? "the line" : keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }

  /// The request for an engine.
  ///
  /// - Parameter levels: for places that say nothing of them.
  /// - Throws: ``CommandFailure`` with `INVALID_COORDINATE`, `WRONG_TYPE` for layers that are none, or `MISSING_KEY` if
  ///   neither the line nor `fallback` names a profile.
  func routeRequest(profile fallback: String?, detail: RouteDetail, levels: LevelFilter = .all) throws(CommandFailure)
    -> RouteRequest
  {
    guard let profile = profile ?? fallback else {
      throw CommandFailure("MISSING_KEY", "a key is missing", value: "profile")
    }
    var places: [API.Place] = []
    for place in [from] + (via ?? []) + [to] {
      guard let coordinate = Coordinate(latitude: place.lat, longitude: place.lon) else {
        throw CommandFailure(
          EngineError.Code.invalidCoordinate.rawValue, "no place on earth: lat is -90 to 90, lon is -180 to 180",
          value: "\(place.lat),\(place.lon)")
      }
      places.append(API.Place(coordinate, headingDegrees: place.heading, levels: try place.levels ?? levels))
    }
    var request = RouteRequest(places: places, profile: profile)
    request.detail = detail
    return request
  }
}

extension BatchRequest.Place {
  /// `nil` if the place says nothing of levels.
  fileprivate var levels: LevelFilter? {
    get throws(CommandFailure) {
      if layers == nil, bridges == nil, tunnels == nil { return nil }
      return LevelFilter(layers: try layerRange, bridges: bridges ?? .included, tunnels: tunnels ?? .included)
    }
  }

  private var layerRange: ClosedRange<Int8>? {
    get throws(CommandFailure) {
      guard let layers else { return nil }
      guard (1...2).contains(layers.count), let low = layers.first, let high = layers.last, low <= high else {
        throw CommandFailure("WRONG_TYPE", "layers are the lowest and the highest one", value: "\(layers)")
      }
      return low...high
    }
  }
}
