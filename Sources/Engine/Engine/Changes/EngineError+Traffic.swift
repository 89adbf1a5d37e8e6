import API
import Traffic

extension EngineError {
  init(_ error: TrafficError) {
    switch error {
    case .unknownWay(let osmID):
      self.init(.unknownWay, "the map has no road with this OSM way id", value: "\(osmID)")
    case .unknownNodes(let pair):
      self.init(.unknownNodes, "no road of the map connects these OSM nodes", value: "\(pair.from) \(pair.to)")
    case .unknownLink(let id):
      self.init(.unknownLink, "the link table has no link with this id", value: id)
    case .nothingMatched(let selector):
      self.init(.nothingMatched, "no road of the map is meant, on the levels that are", value: selector.text)
    case .unknownHours(_, let hours):
      self.init(.invalidClosure, "the hours are not understood; they look like Mo-Fr 22:00-05:00", value: hours)
    case .nothingInTime(let closure):
      self.init(.nothingInTime, "closure \(closure.id) is over already, or never begins", value: closure.timesText)
    case .staleRevision(let id, let known, let given):
      self.init(.staleRevision, "closure \(id) is known with revision \(known)", value: "\(given)")
    case .unknownClosure(let id):
      self.init(.unknownClosure, "no closure has this id", value: id)
    case .tooManyRoads(let most):
      self.init(
        .limitExceeded, "the areas are too large, or have too many corners: closure_roads = \(most)",
        value: "\(most + 1)")
    case .ended(let error): self = error
    case .tooManySources(let most):
      self.init(.limitExceeded, "too many sources of speeds at the same time: at most \(most)", value: "\(most + 1)")
    }
  }
}

extension RoadClosure {
  /// When it holds, as a person would write it.
  fileprivate var timesText: String {
    [
      from.map { "from \($0.formatted(.iso8601))" }, until.map { "until \($0.formatted(.iso8601))" },
      hours.isEmpty ? nil : "hours \(hours)",
    ].compactMap(\.self).joined(separator: " ")
  }
}

extension RoadSelector {
  /// What a person would call it.
  var text: String {
    switch self {
    case .way(let osmID, _, _): "way \(osmID)"
    case .nodes(let pair, _): "nodes \(pair.from) \(pair.to)"
    case .point(let center, let radiusMeters, _), .nearest(let center, let radiusMeters, _):
      "\(radiusMeters) m around \(center)"
    case .polyline(let line, _): line.first.map { "a line from \($0)" } ?? "an empty line"
    case .polylines(let lines, _): "\(lines.count) lines"
    case .polygon(let corners): corners.first.map { "an area at \($0)" } ?? "an empty area"
    case .areas(let areas): "\(areas.count) areas"
    case .link(let id): "link \(id)"
    }
  }
}
