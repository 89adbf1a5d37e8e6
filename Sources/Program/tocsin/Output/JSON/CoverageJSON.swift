import API
import AnswerJSON
import Geometry

/// What is covered: for people, for machines, for maps.
enum CoverageText {
  private static let ordinals = ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th"]

  static func text(_ answer: CoverageAnswer) -> String {
    let counted = [
      Figures.count(answer.unitCount, of: "unit"), answer.demand.map { Figures.count($0.pointCount, of: "point") },
    ]
    return counted.compactMap(\.self).joined(separator: ", ")
      + "; handling, turnout and travel, map version \(answer.version)\n" + levels(answer) + offMap(answer)
      + leftOut(answer.leftOut) + sole(answer) + gaps(answer)
  }

  /// A line for each limit and depth; what it was before, if something is imagined.
  private static func levels(_ answer: CoverageAnswer) -> String {
    let isOfDemand = answer.demand != nil
    return TextTable(
      "within", "unit", isOfDemand ? ">demand" : ">roads", ">share", answer.before.isEmpty ? "" : ">before"
    ).text(
      of: answer.levels.enumerated()
    ) { number, level in
      [
        Figures.time(seconds: level.limitSeconds), ordinals[level.depth - 1],
        amount(level.demandWeight, level.lengthMeters, isOfDemand), share(level, isOfDemand),
        number < answer.before.count ? share(answer.before[number], isOfDemand) : "",
      ]
    }
  }

  private static func amount(_ weight: Double, _ meters: Double, _ isOfDemand: Bool) -> String {
    isOfDemand ? Figures.amount(weight) : Figures.length(meters: meters)
  }

  private static func share(_ level: CoverageLevel, _ isOfDemand: Bool) -> String {
    Figures.decimals((isOfDemand ? level.demandShare : level.lengthShare) * 100, 1) + "%"
  }

  /// Points of the demand that no road is near.
  private static func offMap(_ answer: CoverageAnswer) -> String {
    guard let offMap = answer.demand?.offMap, offMap.count > 0 else { return "" }
    let more = offMap.count > namedIDsMax ? ", ..." : ""
    return "Off the map, not counted: \(offMap.count): " + offMap.ids.prefix(namedIDsMax).joined(separator: ", ") + more
      + "\n"
  }

  private static let namedIDsMax = 10

  private static func leftOut(_ counts: [LeftOutReason: Int]) -> String {
    let words = LeftOutReason.allCases.compactMap { reason in
      counts[reason].map { "\($0) \(reason.rawValue.replacing("_", with: " "))" }
    }
    return words.isEmpty ? "" : "Left out: " + words.joined(separator: ", ") + "\n"
  }

  private static func sole(_ answer: CoverageAnswer) -> String {
    if answer.sole.isEmpty { return "" }
    let isOfDemand = answer.demand != nil
    return "\nAlone:\n"
      + TextTable("unit", "within", isOfDemand ? ">demand" : ">roads").text(of: answer.sole) {
        [
          $0.unitID, Figures.time(seconds: $0.limitSeconds), amount($0.demandWeight, $0.lengthMeters, isOfDemand),
        ]
      }
  }

  private static func gaps(_ answer: CoverageAnswer) -> String {
    if answer.gaps.isEmpty { return "" }
    let isOfDemand = answer.demand != nil
    return "\nNobody in time:\n"
      + TextTable("street", "place", isOfDemand ? ">demand" : ">roads", ">first", "unit").text(of: answer.gaps) {
        [
          $0.name, "\($0.coordinate)", amount($0.demandWeight, $0.lengthMeters, isOfDemand),
          $0.seconds.map { Figures.time(seconds: $0) } ?? "never", $0.unitID,
        ]
      }
  }

  // MARK: For machines

  static func json(_ answer: CoverageAnswer) -> JSONObject {
    [
      "version": answer.version, "basis": answer.basis.word, "unitCount": answer.unitCount,
      "levels": answer.levels.map(level),
      "before": answer.before.isEmpty ? nil : answer.before.map(level),
      "leftOut": Dictionary(uniqueKeysWithValues: answer.leftOut.map { ($0.key.rawValue, $0.value) }),
      "isFeltTime": answer.isFeltTime,
      "demand": answer.demand.map { demand -> JSONObject in
        [
          "pointCount": demand.pointCount, "weight": demand.weight, "offMapCount": demand.offMap.count,
          "offMap": demand.offMap.ids,
        ]
      },
      "sole": answer.sole.map { sole -> JSONObject in
        [
          "unit": sole.unitID, "limitSeconds": sole.limitSeconds,
          "lengthMeters": Rounded.hundredths(sole.lengthMeters),
          "demandWeight": answer.demand == nil ? nil : sole.demandWeight,
        ]
      },
      "gaps": answer.gaps.map { gap($0) + ["lat": $0.coordinate.latitude, "lon": $0.coordinate.longitude] },
    ]
  }

  private static func level(_ level: CoverageLevel) -> JSONObject {
    [
      "limitSeconds": level.limitSeconds, "depth": level.depth, "lengthMeters": Rounded.hundredths(level.lengthMeters),
      "lengthShare": level.lengthShare, "demandWeight": level.demandWeight, "demandShare": level.demandShare,
    ]
  }

  private static func gap(_ gap: CoverageGap) -> JSONObject {
    [
      "name": gap.name, "lengthMeters": Rounded.hundredths(gap.lengthMeters), "demandWeight": gap.demandWeight,
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
