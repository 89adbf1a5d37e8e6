import API
import Foundation
import Geometry

/// Closures and incidents as cities publish them for Waze: Closure and Incident Feed Specification, XML or JSON.
///
/// Only `ROAD_CLOSED` closes. The other types are shown to people and have no effect on routes in Waze either; how much
/// time they cost is not told. The line's order is the direction of travel; `BOTH_DIRECTIONS` adds the other one.
/// Without an end Waze takes two weeks; here it stays open. Source:
/// https://developers.google.com/waze/data-feed/cifs-specification.
struct CIFSFeed {
  let context: FeedContext

  func content(of data: Data) throws(FeedError) -> FeedContent {
    let text = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
    let isXML = text.first { !$0.isWhiteSpace } == 0x3C
    let incidents = isXML ? try CIFSXMLReader.incidents(in: data) : try CIFSIncident.list(json: data)
    var builder = ContentBuilder(moment: context.moment)
    for (index, incident) in incidents.enumerated() {
      let place = RecordPlace(line: incident.line, record: index + 1, id: incident["id"])
      builder.closures(at: place) { (notes) throws(RecordRefusal) in try closures(of: incident, &notes) }
    }
    return builder.content
  }

  private func closures(of incident: CIFSIncident, _ notes: inout RecordNotes) throws(RecordRefusal) -> [RoadClosure] {
    let id = try incident["id"].asID("id")
    switch incident["type"] {
    case "ROAD_CLOSED": break
    case "ACCIDENT", "CHIT_CHAT", "CONSTRUCTION", "HAZARD", "JAM", "POLICE":
      notes.add(.noEffect, "only ROAD_CLOSED closes", value: incident["type"])
      return []
    case "": throw RecordRefusal(.missingField, "it has no type")
    case let other: throw RecordRefusal(.unknownWord, "the type is unknown", value: other)
    }
    let selector = try selector(incident, &notes)
    let period = try FeedPeriod(
      start: incident["starttime"], end: incident["endtime"], clock: context.clock)
    return [
      RoadClosure(
        id: "\(context.source)/\(id)", source: context.source, selector: selector, reason: reason(incident),
        from: period.from, until: period.until, hours: try CIFSSchedule.hours(of: incident, &notes))
    ]
  }

  private func selector(_ incident: CIFSIncident, _ notes: inout RecordNotes) throws(RecordRefusal) -> RoadSelector {
    let text = incident["polyline"]
    guard !text.isEmpty else { throw RecordRefusal(.missingField, "it has no polyline") }
    let numbers = text.split { $0.isWhitespace || $0 == "," }.map { Double($0) ?? .nan }
    guard numbers.count % 2 == 0 else {
      throw RecordRefusal(.badValue, "a polyline with an odd count of numbers", value: text)
    }
    var points: [Coordinate] = []
    for index in stride(from: 0, to: numbers.count, by: 2) {
      guard let point = Coordinate(latitude: numbers[index], longitude: numbers[index + 1]) else {
        throw RecordRefusal(.badValue, "the polyline is not latitudes and longitudes", value: text)
      }
      points.append(point)
    }
    let direction = direction(incident, &notes)
    guard let selector = LineShape.selector(points, direction: direction) else {
      throw RecordRefusal(.badValue, "a polyline without points", value: text)
    }
    if direction == .forward, case .nearest = selector {
      notes.add(.unknownDirection, "one point has no direction: both are closed", value: text)
    }
    return selector
  }

  private func direction(_ incident: CIFSIncident, _ notes: inout RecordNotes) -> WayDirection {
    switch incident["direction"] {
    case "BOTH_DIRECTIONS": return .both
    case "ONE_DIRECTION", "": return .forward
    case let other:
      notes.add(.unknownWord, "the direction is unknown: the line's is used", value: other)
      return .forward
    }
  }

  private func reason(_ incident: CIFSIncident) -> String {
    let kind = incident["subtype"].isEmpty ? incident["type"] : incident["subtype"]
    return [incident["street"], incident["description"].isEmpty ? kind : incident["description"]]
      .filter { !$0.isEmpty }.joined(separator: ": ").asReason
  }
}
