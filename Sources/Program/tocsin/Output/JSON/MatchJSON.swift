import API
import AnswerJSON

extension MatchAnswer {
  /// A point on no way is `null`.
  func json(_ detail: RouteDetail) -> JSONObject {
    [
      "version": version, "matchings": matchings.map { $0.json(detail) },
      "points": points.map { $0?.json },
    ]
  }
}

extension Matching {
  fileprivate func json(_ detail: RouteDetail) -> JSONObject {
    route.json(detail) + ["confidence": Rounded.thousandths(confidence)]
  }

  var geoJSON: JSONObject {
    GeoJSON.feature(
      route.shape,
      [
        "confidence": Rounded.thousandths(confidence), "lengthMeters": Rounded.hundredths(route.lengthMeters),
        "travelSeconds": Rounded.thousandths(route.travelSeconds),
      ])
  }
}

extension MatchedPoint {
  fileprivate var json: JSONObject {
    place.json + ["matching": matching, "number": number, "alternatives": alternativesCount]
  }
}

/// The ways of a trace, for people.
enum MatchText {
  static func text(_ answer: MatchAnswer) -> String {
    guard !answer.matchings.isEmpty else { return "The trace follows no roads.\n" }
    let lost = answer.points.count { $0 == nil }
    let table = TextTable(">way", ">points", ">length", ">confidence", "along").text(of: answer.matchings.indices) {
      number in
      let matching = answer.matchings[number]
      var names: [String] = []
      for way in matching.route.ways where !way.name.isEmpty && names.last != way.name { names.append(way.name) }
      return [
        "\(number + 1)", "\(answer.points.count { $0?.matching == number })",
        Figures.length(meters: matching.route.lengthMeters), "\(Rounded.hundredths(matching.confidence))",
        names.prefix(namesMax).joined(separator: ", "),
      ]
    }
    return table + (lost == 0 ? "" : "\(lost) of \(answer.points.count) points lie on no way.\n")
  }

  /// More streets of a way are left out.
  private static let namesMax = 5
}
