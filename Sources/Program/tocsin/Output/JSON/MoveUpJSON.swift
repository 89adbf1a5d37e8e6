import API
import AnswerJSON
import Geometry

extension MoveUpAnswer {
  var json: JSONObject {
    [
      "version": version, "unitCount": unitCount, "postCount": postCount, "busyShare": busyShare,
      "demand": [
        "pointCount": demand.pointCount, "weight": demand.weight, "offMapCount": demand.offMap.count,
        "offMap": demand.offMap.ids,
      ] as JSONObject,
      "before": before.json, "after": after.json, "moves": moves.map(\.json), "bestRefused": bestRefused?.json,
      "refusedFor": refusedFor?.rawValue,
      "gapsAfter": gapsAfter.map { gap -> JSONObject in
        [
          "name": gap.name, "demandWeight": gap.demandWeight, "lat": gap.coordinate.latitude,
          "lon": gap.coordinate.longitude,
        ]
      },
      "unfilledPosts": unfilledPostIDs.isEmpty ? nil : unfilledPostIDs,
      "offMapPosts": offMapPostIDs.isEmpty ? nil : offMapPostIDs, "leftOut": leftOut.json, "isFeltTime": isFeltTime,
    ]
  }
}

extension CoverShares {
  fileprivate var json: JSONObject {
    ["covered": covered, "expected": expected, "twice": twice, "barePoints": barePointCount]
  }
}

extension PostMove {
  fileprivate var json: JSONObject {
    [
      "unit": unitID, "fromPost": fromPostID.isEmpty ? nil : fromPostID, "toPost": toPostID,
      "travelSeconds": Rounded.thousandths(travelSeconds), "gainWeight": gainWeight, "gainShare": gainShare,
      "originShareBefore": originShareBefore, "originShareAfter": originShareAfter,
    ]
  }
}

/// Who moves up, for people.
enum MoveUpText {
  static func text(_ answer: MoveUpAnswer, _ request: MoveUpRequest) -> String {
    let kind = request.units.capabilities.joined(separator: " and ")
    var text = "covered now \(percent(answer.before.covered)) of \(Figures.amount(answer.demand.weight)) "
    text += Printable.text("\(request.demandLayer), \(Figures.count(answer.before.barePointCount)) ")
    text += Printable.text("without any \(kind.isEmpty ? "unit" : kind)")
    text += "; \(Figures.count(answer.unitCount, of: "unit")), \(Figures.count(answer.postCount, of: "post")), "
    text += "busy \(Figures.decimals(answer.busyShare, 2)), map version \(answer.version)\n"
    text += answer.moves.isEmpty ? "Nothing is worth a move.\n" : table(answer.moves)
    if let refused = answer.bestRefused, let reason = answer.refusedFor { text += notMade(refused, reason) }
    if !answer.moves.isEmpty {
      text += "then \(percent(answer.after.covered)), \(Figures.count(answer.moves.count, of: "move"))\n"
    }
    for post in answer.unfilledPostIDs { text += Printable.text("No unit for \(post)") + "\n" }
    for post in answer.offMapPostIDs { text += Printable.text("Off the map: \(post)") + "\n" }
    return text + gaps(answer.gapsAfter) + FastestText.leftOut(answer.leftOut)
  }

  private static func table(_ moves: [PostMove]) -> String {
    TextTable(">move", "unit", "from", "to", ">drive", ">gain", ">behind it").text(of: moves.enumerated()) {
      number, move in
      [
        "\(number + 1)", move.unitID, move.fromPostID.isEmpty ? "the road" : move.fromPostID, move.toPostID,
        Figures.time(seconds: move.travelSeconds), signed(move.gainShare),
        "\(percent(move.originShareBefore)) to \(percent(move.originShareAfter))",
      ]
    }
  }

  /// `not worth it: E-087 to 시흥, +0.2%`
  private static func notMade(_ move: PostMove, _ reason: MoveRefusal) -> String {
    let why =
      switch reason {
      case .gain: "not worth it"
      case .time: "too far"
      case .capacity: "no room"
      case .keep: "too few would stay"
      case .agency: "not for its agency"
      case .staying: "it stays"
      case .bounce: "it came from there"
      case .moves: "beyond the moves that are wanted"
      }
    return Printable.text(
      "\(why): \(move.unitID) to \(move.toPostID), \(signed(move.gainShare)), \(Figures.time(seconds: move.travelSeconds))"
    )
      + "\n"
  }

  private static func gaps(_ gaps: [CoverageGap]) -> String {
    if gaps.isEmpty { return "" }
    return "Nobody in time then:\n"
      + TextTable("street", "place", ">demand").text(of: gaps) {
        [$0.name, "\($0.coordinate)", Figures.amount($0.demandWeight)]
      }
  }

  private static func percent(_ share: Double) -> String { Figures.decimals(share * 100, 1) + "%" }

  private static func signed(_ share: Double) -> String { (share < 0 ? "" : "+") + percent(share) }

  /// Each move as a line from the unit to its post, and the gaps that stay as points.
  static func features(_ answer: MoveUpAnswer) -> [JSONObject] {
    answer.moves.enumerated().map { number, move in
      GeoJSON.feature([move.from, move.to], move.json + ["kind": "move", "place": number + 1])
    }
      + answer.gapsAfter.map {
        GeoJSON.feature([$0.coordinate], ["kind": "gap", "name": $0.name, "demandWeight": $0.demandWeight])
      }
  }
}
