import API
import Foundation
import Geometry

/// Events of Korea's national traffic centre: accidents, works, weather.
///
/// Events have no ids, so what doesn't change while one lasts makes one: link, place, start, type. Ends are mostly
/// empty and stay so. Source: https://its.go.kr/opendata, eventInfo.
struct ITSEvents {
  let context: FeedContext

  func content(of data: Data) throws(FeedError) -> FeedContent {
    var builder = ContentBuilder(moment: context.moment)
    builder.closures(of: try ITSEnvelope.items(in: data), id: id, closures)
    return builder.content
  }

  private func closures(of item: JSONObject, _ notes: inout RecordNotes) throws(RecordRefusal) -> [RoadClosure] {
    guard Self.words.contains(where: item.names) else { throw RecordRefusal(.missingField, "it says nothing of lanes") }
    let effect: RoadEffect
    switch ITSLanes(item, &notes) {
    case .over:
      notes.add(.over, "it is over", value: item.text("message"))
      return []
    case .open, .shoulder:
      notes.add(.noEffect, "all lanes are open", value: item.text("message"))
      return []
    case .unknown:
      notes.add(.unknownEffect, "it doesn't say which lanes are closed", value: item.text("message"))
      return []
    case .some: effect = .factor(FeedDefaults.lanesClosedFactor)
    case .all: effect = .closed
    }
    let selector = try selector(item, &notes)
    let period = try FeedPeriod(
      start: item.written("startDate"), end: item.written("endDate"), clock: context.clock)
    return [
      RoadClosure(
        id: "\(context.source)/\(try id(item).asID("place"))", source: context.source, selector: selector,
        effect: effect, reason: reason(item), from: period.from, until: period.until)
    ]
  }

  /// The fields that say what happens, often empty.
  private static let words = ["lanesBlockType", "lanesBlocked", "message"]

  private func id(_ item: JSONObject) -> String {
    let place = [item.text("coordY"), item.text("coordX")].filter { !$0.isEmpty }.joined(separator: ",")
    return [item.text("linkId"), place, item.text("startDate"), item.text("eventType")]
      .filter { !$0.isEmpty }.joined(separator: "/")
  }

  private func selector(_ item: JSONObject, _ notes: inout RecordNotes) throws(RecordRefusal) -> RoadSelector {
    let link = item.text("linkId")
    let hasLink = !link.isEmpty && link != "0"
    let hasPlace = !item.text("coordX").isEmpty && !item.text("coordY").isEmpty
    if hasLink, context.options.preferredPlace == .links || !hasPlace { return .link(id: try link.asID("linkId")) }
    guard hasPlace else { throw RecordRefusal(.missingField, "it has neither a link nor a coordinate") }
    guard let longitude = item.number("coordX"), let latitude = item.number("coordY"),
      let place = Coordinate(latitude: latitude, longitude: longitude)
    else {
      let shown = "\(item.text("coordY")),\(item.text("coordX"))"
      if hasLink {
        notes.add(.badValue, "no coordinate: the link is used", value: shown)
        return .link(id: try link.asID("linkId"))
      }
      throw RecordRefusal(.badValue, "no coordinate", value: shown)
    }
    return LineShape.nearest(place, headingDegrees: heading(item, &notes))
  }

  /// The heading of the carriageway that is meant, if the caller knows one for the words.
  private func heading(_ item: JSONObject, _ notes: inout RecordNotes) -> Double? {
    let word = item.text("roadDrcType")
    let headings = context.options.headingsByDirection
    if let heading = headings["\(item.text("roadNo")) \(word)"] ?? headings[word] { return heading }
    if !["양방향", "양방", "전방향"].contains(word) {
      notes.add(.unknownDirection, "no heading is known for the direction: both are used", value: word)
    }
    return nil
  }

  private func reason(_ item: JSONObject) -> String {
    let road = [item.text("roadName"), item.text("roadDrcType")].filter { !$0.isEmpty }.joined(separator: " ")
    let text = [item.text("eventType"), item.text("lanesBlocked"), item.text("message")].filter { !$0.isEmpty }
    return [road, text.joined(separator: ", ")].filter { !$0.isEmpty }.joined(separator: ": ").asReason
  }
}
