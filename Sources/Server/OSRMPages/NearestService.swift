import API
import Messages
import WebPages

/// `/nearest/v1/...`: the roads near a place, over `Routing/Snap`.
///
/// First comes the road that a route from there would begin on, which need not be the nearest one by a metre or two.
enum NearestService {
  static func call(_ request: OSRMRequest) throws(OSRMError) -> PageCall {
    var request = request
    guard request.places.count == 1 else {
      throw OSRMError(.invalidOptions, "Only one input coordinate is supported")
    }
    var asked = SnapRequest(place: request.places[0], profile: request.profile)
    asked.count = try count(&request.query)
    asked.wantsNodes = true
    try request.query.refuseOthers()
    let (coordinates, style) = (request.coordinates, WaypointStyle(writesHints: request.writesHints))
    let writesWaypoints = request.writesWaypoints
    return PageCall(ServiceMethods.snap, asked) { answer in
      switch answer {
      case .failure(let refusal): OSRMError(refusal, coordinates: coordinates).page
      case .success(let answer):
        JSONPage.ok(reservingBytes: answer.places.count * bytesPerPlace) { json in
          guard writesWaypoints else { return }
          json.name("waypoints")
          json.list(answer.places) { write($1, style, to: &$0) }
        }
      }
    }
  }

  private static let bytesPerPlace = 160

  private static func write(_ place: SnappedPlace, _ style: WaypointStyle, to json: inout JSONText) {
    json.waypoint(place, style) { json in
      json.name("nodes")
      json.list([place.nodes?.from ?? 0, place.nodes?.to ?? 0]) { $0.integer(Int($1)) }
    }
  }

  private static func count(_ query: inout OSRMQuery) throws(OSRMError) -> Int {
    guard let text = query.text("number") else { return 1 }
    guard let count = Int(text) else { throw OSRMQuery.malformed("number", text, "a number") }
    guard count >= 1 else { throw OSRMError(.invalidOptions, "number must be >= 1") }
    guard count <= Limits.snapCandidatesMax else {
      throw OSRMError(
        .tooBig, "Number of results \(count) is higher than current maximum (\(Limits.snapCandidatesMax))")
    }
    return count
  }
}
