import WebPages

extension PageDescription {
  /// What is said of a service of OSRM's: its options are those that its requests take.
  static func service(_ name: String) -> PageDescription {
    PageDescription(
      "/\(name)/v1/{profile}/{coordinates}", group: "OSRM", title: titles[name] ?? name,
      text: "As OSRM's `docs/http.md` has it. Live closures hold.",
      parameters: place + (own[name] ?? []) + common, answers: answers)
  }

  private static let titles = [
    "route": "The way through places", "table": "Times between places", "nearest": "The nearest roads",
    "match": "The roads of a trace",
  ]

  private static let place: [Parameter] = [
    Parameter("profile", in: .path, "A profile of the server, or `driving`."),
    Parameter("coordinates", in: .path, "`longitude,latitude;...`, `polyline(...)` or `polyline6(...)`."),
  ]

  private static let common: [Parameter] = [
    flag("generate_hints", "Whether the answer has hints, which nobody needs here."),
    flag("skip_waypoints", "Leaves the waypoints out."),
    Parameter("snapping", in: .query, "All roads are looked at in any case.", choices: ["default", "any"]),
    Parameter("hints", in: .query, "Passed over, one for each coordinate."),
    Parameter("exclude", in: .query, "Classes of roads to avoid."),
    Parameter("radiuses", in: .query, "How far a road may be, in metres or `unlimited`, for each coordinate."),
    Parameter("bearings", in: .query, "`direction,range` in degrees for each coordinate, or nothing."),
    Parameter(
      "approaches", in: .query, "`curb`, `opposite` or `unrestricted` for each coordinate: the side to arrive on."),
  ]

  private static let line: [Parameter] = [
    flag("steps", "Whether legs have their steps."),
    Parameter("annotations", in: .query, "`true`, `false`, or some of `duration`, `distance`, `speed`, `nodes` ..."),
    Parameter(
      "geometries", in: .query, "How lines are written.", choices: words(RouteStyle.Geometries.self)),
    Parameter("overview", in: .query, "How fine the line is.", choices: words(RouteStyle.Overview.self)),
    Parameter("waypoints", in: .query, "The numbers of the coordinates at which legs end."),
  ]

  private static let own: [String: [Parameter]] = [
    "route": line + [
      Parameter("alternatives", in: .query, "How many other ways are wanted: `true`, `false` or a number."),
      Parameter(
        "continue_straight", in: .query, "Whether the vehicle goes on as it came.",
        choices: ["default", "true", "false"]),
    ],
    "table": [
      Parameter("sources", in: .query, "The numbers of the coordinates, or `all`."),
      Parameter("destinations", in: .query, "The numbers of the coordinates, or `all`."),
      Parameter("annotations", in: .query, "`duration`, `distance` or both."),
      Parameter("fallback_speed", in: .query, "In metres a second, where there is no way.", kind: .number),
      Parameter(
        "fallback_coordinate", in: .query, "From where to where a fallback goes.",
        choices: words(TableOptions.FallbackCoordinate.self)),
      Parameter("scale_factor", in: .query, "Times are multiplied by this.", kind: .number),
    ],
    "nearest": [Parameter("number", in: .query, "How many roads.", kind: .whole)],
    "match": line + [
      Parameter("timestamps", in: .query, "Seconds since 1970, for each coordinate."),
      Parameter("gaps", in: .query, "What becomes of gaps in time.", choices: ["split", "ignore"]),
      flag("tidy", "Passed over."),
    ],
  ]

  private static func words<Word: RawRepresentable<String> & CaseIterable>(_ words: Word.Type) -> [String] {
    words.allCases.map(\.rawValue)
  }

  private static func flag(_ name: String, _ text: String) -> Parameter {
    Parameter(name, in: .query, text, kind: .truth)
  }

  private static let answers: [Answer] =
    [Answer(200, "application/json", "With `code` `Ok`.")]
    + [400, 401, 403, 404, 421, 429, 500, 501, 503, 504].map { status in
      Answer(status, "application/json", "With a `code` and a `message`.")
    }
}
