import API
import Messages
import WebPages

/// `/route/v1/...`: the way through places, over `Routing/Route`.
enum RouteService {
  static func call(_ request: OSRMRequest) throws(OSRMError) -> PageCall {
    var request = request
    try request.needsTwoCoordinates()
    var asked = RouteRequest(places: request.places, profile: request.profile)
    asked.alternatives = try alternatives(&request.query, placeCount: request.places.count)
    asked.keepsDirection = try request.query.choice("continue_straight", usually: GoingOn.default) == .yes
    let style = try RouteStyle(&request)
    asked.detail = style.detail
    try request.query.refuseOthers()
    let coordinates = request.coordinates
    return PageCall(ServiceMethods.route, asked) { answer in
      switch answer {
      case .success(let answer): RoutePage.page(answer, style)
      case .failure(let refusal): OSRMError(refusal, coordinates: coordinates).page
      }
    }
  }

  private enum GoingOn: String, CaseIterable {
    case `default`
    case yes = "true"
    case no = "false"
  }

  /// Other ways between more than two places are not looked for, there as here.
  private static func alternatives(_ query: inout OSRMQuery, placeCount: Int) throws(OSRMError) -> Int {
    let text = query.text("alternatives") ?? "false"
    guard let count = text == "true" ? 1 : text == "false" ? 0 : Int(text), count >= 0 else {
      throw OSRMQuery.malformed("alternatives", text, "true, false or a number")
    }
    guard count <= Limits.alternativesMax else {
      throw OSRMError(
        .tooBig, "Requested number of alternatives is higher than current maximum (\(Limits.alternativesMax))")
    }
    return placeCount == 2 ? count : 0
  }
}
