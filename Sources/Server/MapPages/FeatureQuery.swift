import Foundation
import Geometry
import Messages
import WebPages

/// Which features of a collection are asked for.
struct FeatureQuery: Sendable {
  var box: FeatureBox?
  /// From and until; `nil` is open.
  var times: (from: Date?, until: Date?)?
  var limit = FeatureQuery.limitUsual
  var offset = 0
  /// As they were written, without the offset.
  let written: [(name: String, value: String)]

  static let limitUsual = 1_000
  /// A larger limit is taken for this one, as the standard says.
  static let limitMax = 10_000

  private static let names: Set<String> = ["bbox", "bbox-crs", "crs", "datetime", "limit", "offset", "f"]

  /// - Throws: `INVALID_ARGUMENT` for a parameter that doesn't exist, or a value that means nothing.
  init(_ request: PageRequest) throws(CallStatus) {
    try Self.checkNames(of: request, Self.names)
    written = request.query.filter { $0.name != "offset" }
    if let text = request["bbox"] { box = try FeatureBox(text) }
    if let text = request["datetime"] { times = try Self.times(text) }
    if let text = request["limit"] {
      guard let number = Int(text), number > 0 else { throw .badParameter("limit", "1 or more", text) }
      limit = min(number, Self.limitMax)
    }
    if let text = request["offset"] {
      guard let number = Int(text), number >= 0 else { throw .badParameter("offset", "0 or more", text) }
      offset = number
    }
  }

  static func checkNames(of request: PageRequest, _ names: Set<String>) throws(CallStatus) {
    let names = names.union(["f"])
    if let other = request.query.first(where: { !names.contains($0.name) }) { throw .unknownParameter(other.name) }
    if let form = request["f"], !["json", "geojson"].contains(form) { throw .badParameter("f", "json", form) }
    for name in ["crs", "bbox-crs"] {
      if let system = request[name], system != Self.system {
        throw .badParameter(name, Self.system, system)
      }
    }
  }

  /// WGS 84, longitude before latitude.
  static let system = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

  func matches(_ feature: MapFeature) -> Bool {
    if let box, !box.intersects(feature.places) { return false }
    // A feature without a time is always meant.
    guard let times, let own = feature.times else { return true }
    if let until = times.until, let from = own.from, from > until { return false }
    if let from = times.from, let until = own.until, until < from { return false }
    return true
  }

  /// The same question for features from another one on.
  func address(_ items: String, offset: Int) -> String {
    let parameters = written + (offset == 0 ? [] : [("offset", "\(offset)")])
    let query = parameters.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
    return query.isEmpty ? items : "\(items)?\(query)"
  }

  // MARK: Times

  /// A moment, or an interval that may be open at either end: RFC 3339, `..`.
  private static func times(_ text: String) throws(CallStatus) -> (from: Date?, until: Date?) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    switch parts.count {
    case 1:
      let moment = try moment(parts[0], in: text)
      return (moment, moment)
    case 2:
      func end(_ part: String) throws(CallStatus) -> Date? {
        part.isEmpty || part == ".." ? nil : try moment(part, in: text)
      }
      let times = (from: try end(parts[0]), until: try end(parts[1]))
      if let from = times.from, let until = times.until, from > until { break }
      return times
    default: break
    }
    throw .badParameter("datetime", "a moment or an interval, such as 2026-05-01T12:00:00Z/..", text)
  }

  private static func moment(_ text: String, in whole: String) throws(CallStatus) -> Date {
    let styles = [
      Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true),
      Date.ISO8601FormatStyle().year().month().day(),
    ]
    for style in styles {
      if let date = try? style.parse(text) { return date }
    }
    throw .badParameter("datetime", "a moment or an interval, such as 2026-05-01T12:00:00Z/..", whole)
  }
}

/// A box of longitudes and latitudes, which may span the 180th meridian.
struct FeatureBox: Hashable, Sendable {
  private let boxes: [BoundingBox]

  /// Four numbers, or six with heights, which don't matter.
  ///
  /// - Throws: `INVALID_ARGUMENT`.
  init(_ text: String) throws(CallStatus) {
    let rule = "west,south,east,north in degrees"
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard numbers.count == 4 || numbers.count == 6, !numbers.contains(nil) else {
      throw .badParameter("bbox", rule, text)
    }
    let values = numbers.compactMap(\.self)
    let half = values.count / 2
    guard let southWest = Coordinate(latitude: values[1], longitude: values[0]),
      let northEast = Coordinate(latitude: values[half + 1], longitude: values[half]),
      southWest.latitudeE7 <= northEast.latitudeE7
    else { throw .badParameter("bbox", rule, text) }
    func box(_ west: Int32, _ east: Int32) -> BoundingBox {
      BoundingBox(
        minLatitudeE7: southWest.latitudeE7, minLongitudeE7: west, maxLatitudeE7: northEast.latitudeE7,
        maxLongitudeE7: east)
    }
    let turn = Int32(Coordinate.halfTurnDegrees * 1e7)
    boxes =
      southWest.longitudeE7 <= northEast.longitudeE7
      ? [box(southWest.longitudeE7, northEast.longitudeE7)]
      : [box(southWest.longitudeE7, turn), box(-turn, northEast.longitudeE7)]
  }

  /// True if the box around some places has a point in common with it. O(places).
  func intersects(_ places: [Coordinate]) -> Bool {
    if places.isEmpty { return false }
    let own = BoundingBox(of: places)
    return boxes.contains { $0.intersects(own) }
  }
}
