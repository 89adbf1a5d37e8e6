import API

/// A trace and its ways, with every field set to something else than its default.
public enum MatchSamples {
  public static let request: MatchRequest = {
    var request = MatchRequest(
      points: [
        TracePoint(Samples.town, at: Samples.moment, accuracyMeters: 12.5, headingDegrees: 90.5),
        TracePoint(Samples.south, at: Samples.later),
      ], profile: "fire")
    request.detail = [.shape, .steps]
    request.splitsAtGaps = false
    return request
  }()

  public static let answer = MatchAnswer(
    version: 31,
    matchings: [
      Matching(route: Samples.line, confidence: 0.75),
      Matching(route: Route(travelSeconds: 1, lengthMeters: 2), confidence: 1),
    ],
    points: [
      MatchedPoint(place: Samples.snapped, matching: 1, number: 7, alternativesCount: 2), nil,
    ])
}
