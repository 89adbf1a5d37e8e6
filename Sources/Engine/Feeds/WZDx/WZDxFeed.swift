import API
import Foundation
import Geometry

/// Work zones as US traffic centres publish them: Work Zone Data Exchange 4.x, a GeoJSON feature for each road event.
///
/// - A road event is one direction of one road, and its points are in the order of travel. `direction` is the road's
///   name on signs, not where it leads, so it says nothing about the points but that there is a direction at all.
/// - A MultiPoint is where the event begins and ends; the line between them is taken as straight.
/// - Dates count as they are given, also where `is_…_date_verified` is false: a planned end is the best there is.
/// - Work that recurs has a road event with dates of its own for each time (`first-occurrence`, `next-occurrence`), so
///   there are no hours.
///
/// Source: https://github.com/usdot-jpo-ode/wzdx, spec-content.
struct WZDxFeed {
  let context: FeedContext

  func content(of data: Data) throws(FeedError) -> FeedContent {
    let root = try JSONObject(file: data)
    guard root.text("type") == "FeatureCollection", let features = root.list("features"),
      let info = root.object("feed_info") ?? root.object("road_event_feed_info")
    else {
      throw FeedError(.wrongEnvelope, "not a WZDx feed: it needs feed_info and features", value: root.text("type"))
    }
    let version = info.text("version")
    guard version.isEmpty || version == "4" || version.hasPrefix("4.") else {
      throw FeedError(.wrongVersion, "WZDx 4.x is read", value: version)
    }
    var builder = ContentBuilder(moment: context.moment)
    builder.closures(of: features, id: { $0.text("id") }, closures)
    return builder.content
  }

  private func closures(of feature: JSONObject, _ notes: inout RecordNotes) throws(RecordRefusal) -> [RoadClosure] {
    let id = try feature.text("id").asID("id")
    guard let properties = feature.object("properties"), let core = properties.object("core_details") else {
      throw RecordRefusal(.missingField, "it has no core_details")
    }
    switch core.text("event_type") {
    case "work-zone", "restriction", "incident": break
    // A road to use instead is as free as ever.
    case "detour":
      notes.add(.noEffect, "a detour is as free as ever", value: "detour")
      return []
    case let other: throw RecordRefusal(.unknownWord, "the event_type is unknown", value: other)
    }
    guard try isOnTheRoad(properties, &notes) else { return [] }
    let parts = effects(of: properties, &notes)
    if parts.isEmpty {
      if notes.notes.isEmpty { notes.add(.noEffect, "all lanes are open", value: properties.text("vehicle_impact")) }
      return []
    }
    let selector = try selector(feature, core, &notes)
    let period = try FeedPeriod(
      start: properties.written("start_date"), end: properties.written("end_date"), clock: context.clock)
    return parts.map { part in
      RoadClosure(
        id: "\(context.source)/\(id)\(part.suffix)", source: context.source, selector: selector, effect: part.effect,
        scope: part.scope, reason: reason(core), from: period.from, until: period.until)
    }
  }

  /// False for work that is over or called off. What is only planned has no dates that anybody stands for.
  private func isOnTheRoad(_ properties: JSONObject, _ notes: inout RecordNotes) throws(RecordRefusal) -> Bool {
    let status = properties.text("event_status")
    switch status {
    case "", "active", "pending": return true
    case "planned", "cancelled":
      notes.add(.noEffect, "it is not on the road", value: status)
      return false
    case "completed":
      notes.add(.over, "it is over", value: status)
      return false
    case let other: throw RecordRefusal(.unknownWord, "the event_status is unknown", value: other)
    }
  }

  /// All that a road event does to the road.
  private func effects(of properties: JSONObject, _ notes: inout RecordNotes) -> [WZDxEffect] {
    var parts: [WZDxEffect] = []
    if let effect = impact(of: properties, &notes) { parts.append(WZDxEffect(suffix: "", effect: effect)) }
    if properties.has("reduced_speed_limit_kph") {
      if let kmh = properties.number("reduced_speed_limit_kph"), kmh > 0, kmh <= FeedDefaults.kmhMax {
        parts.append(WZDxEffect(suffix: "#speed", effect: .speed(kmh: kmh)))
      } else {
        notes.add(.badValue, "no speed in km/h", value: properties.text("reduced_speed_limit_kph"))
      }
    }
    return parts + WZDxRestrictions(properties, &notes).effects
  }

  /// What `vehicle_impact` costs; `nil` if it costs nothing, or nobody knows.
  private func impact(of properties: JSONObject, _ notes: inout RecordNotes) -> RoadEffect? {
    switch properties.text("vehicle_impact") {
    case "all-lanes-closed":
      return .closed
    case "some-lanes-closed", "some-lanes-closed-merge-left", "some-lanes-closed-merge-right",
      "some-lanes-closed-split":
      return .factor(FeedDefaults.lanesClosedFactor)
    case "alternating-one-way", "flagging", "temporary-traffic-signal":
      return .delay(seconds: FeedDefaults.alternatingDelaySeconds)
    // Where traffic is slower for it, there is a reduced speed limit, which counts by itself.
    case "all-lanes-open", "all-lanes-open-shift-left", "all-lanes-open-shift-right":
      return nil
    case "", "unknown":
      notes.add(.unknownEffect, "the vehicle_impact is missing", value: properties.text("vehicle_impact"))
      return nil
    case let other:
      notes.add(.unknownWord, "the vehicle_impact is unknown", value: other)
      return nil
    }
  }

  private func selector(
    _ feature: JSONObject, _ core: JSONObject, _ notes: inout RecordNotes
  ) throws(RecordRefusal) -> RoadSelector {
    guard let geometry = feature.object("geometry") else { throw RecordRefusal(.missingField, "it has no geometry") }
    guard ["LineString", "MultiPoint"].contains(geometry.text("type")) else {
      throw RecordRefusal(.unknownWord, "neither a LineString nor a MultiPoint", value: geometry.text("type"))
    }
    var points: [Coordinate] = []
    for position in geometry.list("coordinates") ?? [] {
      let numbers = (position as? [Any] ?? []).compactMap { ($0 as? NSNumber)?.doubleValue }
      guard numbers.count >= 2, let point = Coordinate(latitude: numbers[1], longitude: numbers[0]) else {
        throw RecordRefusal(.badValue, "a point is not longitude and latitude", value: "\(position)")
      }
      points.append(point)
    }
    guard let selector = LineShape.selector(points, direction: direction(core, &notes)) else {
      throw RecordRefusal(.missingField, "it has no points")
    }
    return selector
  }

  private func direction(_ core: JSONObject, _ notes: inout RecordNotes) -> WayDirection {
    switch core.text("direction") {
    case "northbound", "eastbound", "southbound", "westbound", "inner-loop", "outer-loop": return .forward
    // Of roads without directions.
    case "undefined": return .both
    case let other:
      notes.add(.unknownDirection, "the direction is unknown: both are used", value: other)
      return .both
    }
  }

  private func reason(_ core: JSONObject) -> String {
    let roads = (core.list("road_names") ?? []).compactMap { $0 as? String }.joined(separator: ", ")
    let text = core.text("description").isEmpty ? core.text("name") : core.text("description")
    return [roads, text.isEmpty ? core.text("event_type") : text].filter { !$0.isEmpty }.joined(separator: ": ")
      .asReason
  }
}

/// One of the things that a road event does to the road.
struct WZDxEffect {
  /// Behind the event's id.
  let suffix: String
  let effect: RoadEffect
  var scope = ClosureScope.everybody
}
