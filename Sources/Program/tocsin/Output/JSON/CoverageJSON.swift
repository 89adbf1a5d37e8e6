import API
import Geometry

/// What is covered: for people, for machines, for maps.
enum CoverageText {
  private static let ordinals = ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th"]

  static func text(_ answer: CoverageAnswer) -> String {
    let units = Figures.count(answer.unitCount, of: "unit")
    return "\(units); handling, turnout and travel, map version \(answer.version)\n" + levels(answer)
      + leftOut(answer.leftOut) + sole(answer.sole) + gaps(answer.gaps)
  }

  /// A line for each limit and depth; what it was before, if something is imagined.
  private static func levels(_ answer: CoverageAnswer) -> String {
    TextTable("within", "unit", ">roads", ">share", answer.before.isEmpty ? "" : ">before").text(
      of: answer.levels.enumerated()
    ) { number, level in
      [
        Figures.time(seconds: level.limitSeconds), ordinals[level.depth - 1],
        Figures.length(meters: level.lengthMeters), percent(level.lengthShare),
        number < answer.before.count ? percent(answer.before[number].lengthShare) : "",
      ]
    }
  }

  private static func percent(_ share: Double) -> String { Figures.decimals(share * 100, 1) + "%" }

  private static func leftOut(_ counts: [LeftOutReason: Int]) -> String {
    let words = LeftOutReason.allCases.compactMap { reason in
      counts[reason].map { "\($0) \(reason.rawValue.replacing("_", with: " "))" }
    }
    return words.isEmpty ? "" : "Left out: " + words.joined(separator: ", ") + "\n"
  }

  private static func sole(_ sole: [SoleCover]) -> String {
    if sole.isEmpty { return "" }
    return "\nAlone:\n"
      + TextTable("unit", "within", ">roads").text(of: sole) {
        [$0.unitID, Figures.time(seconds: $0.limitSeconds), Figures.length(meters: $0.lengthMeters)]
      }
  }

  private static func gaps(_ gaps: [CoverageGap]) -> String {
    if gaps.isEmpty { return "" }
    return "\nNobody in time:\n"
      + TextTable("street", "place", ">roads", ">first", "unit").text(of: gaps) {
        [
          $0.name, "\($0.coordinate)", Figures.length(meters: $0.lengthMeters),
          $0.seconds.map { Figures.time(seconds: $0) } ?? "never", $0.unitID,
        ]
      }
  }

  // MARK: For machines

  static func json(_ answer: CoverageAnswer) -> JSONObject {
    [
      "version": answer.version, "unitCount": answer.unitCount, "levels": answer.levels.map(level),
      "before": answer.before.isEmpty ? nil : answer.before.map(level),
      "leftOut": Dictionary(uniqueKeysWithValues: answer.leftOut.map { ($0.key.rawValue, $0.value) }),
      "sole": answer.sole.map { sole -> JSONObject in
        [
          "unit": sole.unitID, "limitSeconds": sole.limitSeconds,
          "lengthMeters": Rounded.hundredths(sole.lengthMeters),
        ]
      },
      "gaps": answer.gaps.map { gap($0) + ["lat": $0.coordinate.latitude, "lon": $0.coordinate.longitude] },
    ]
  }

  private static func level(_ level: CoverageLevel) -> JSONObject {
    [
      "limitSeconds": level.limitSeconds, "depth": level.depth, "lengthMeters": Rounded.hundredths(level.lengthMeters),
      "lengthShare": level.lengthShare,
    ]
  }

  private static func gap(_ gap: CoverageGap) -> JSONObject {
    [
      "name": gap.name, "lengthMeters": Rounded.hundredths(gap.lengthMeters),
      "seconds": gap.seconds.map(Rounded.thousandths), "unit": gap.unitID.isEmpty ? nil : gap.unitID,
    ]
  }

  /// The roads that are covered, each with the unit that comes and when, and the gaps as points.
  static func features(_ answer: CoverageAnswer) -> [JSONObject] {
    let limits = answer.levels.filter { $0.depth == 1 }.map(\.limitSeconds)
    return answer.roads.map { ReachText.feature("covered", $0, within: limits) }
      + answer.gaps.map { GeoJSON.feature([$0.coordinate], gap($0) + ["kind": "gap", "limitSeconds": limits.last]) }
  }
}
