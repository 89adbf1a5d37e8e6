import API
import AnswerJSON

extension ListPlansAnswer {
  var json: JSONObject {
    [
      "version": version, "plans": plans.map(\.json), "choicesRevision": choices.revision,
      "choices": choices.choices.map { choice -> JSONObject in
        ["type": choice.incidentType, "area": choice.area, "hours": choice.hours, "plan": choice.planID]
      },
    ]
  }
}

extension ResponsePlan {
  fileprivate var json: JSONObject {
    [
      "id": id, "name": name, "revision": revision, "tieSeconds": tieSeconds, "stationOrder": stationOrder,
      "agencies": agencies.map { rule -> JSONObject in
        [
          "agency": rule.agency, "tier": rule.tier.rawValue, "penaltySeconds": rule.penaltySeconds,
          "isOnRequest": rule.isOnRequest,
        ]
      },
      "levels": levels.map { level -> JSONObject in
        [
          "lines": level.lines.map(\.json), "crewTotalMin": level.crewTotalMin,
          "crewLine": level.crewLine.isEmpty ? nil : level.crewLine,
        ]
      },
    ]
  }
}

extension PlanLine {
  fileprivate var json: JSONObject {
    [
      "name": name, "count": count, "minimumCount": minimumCount, "travelSecondsMax": travelSecondsMax,
      "goalSeconds": goalSeconds, "isOnlyIfFirst": isOnlyIfFirst,
      "needs": needs.map { need -> JSONObject in
        [
          "capabilities": need.capabilities, "agencies": need.agencies, "penaltySeconds": need.penaltySeconds,
          "crewCountMin": need.crewCountMin,
        ]
      },
    ]
  }
}

/// Plans for people.
enum PlanListText {
  static func text(_ plans: [ResponsePlan], _ choices: [PlanChoice]) -> String {
    if plans.isEmpty, choices.isEmpty { return "No plans.\n" }
    var rows: [(plan: ResponsePlan, number: Int)] = []
    for plan in plans { rows += plan.levels.indices.map { (plan: plan, number: $0) } }
    let levels = TextTable("plan", "name", ">level", "wants", ">goal").text(of: rows) { plan, number in
      let level = plan.levels[number]
      let goal = level.lines.compactMap(\.goalSeconds).max().map { Figures.time(seconds: $0) }
      return [
        number == 0 ? plan.id : "", number == 0 ? plan.name : "", "\(number + 1)", wanted(by: level), goal ?? "",
      ]
    }
    if choices.isEmpty { return levels + "\nNothing chooses a plan.\n" }
    let sorted = choices.sorted {
      ($0.incidentType, -$0.specificity, $0.area, $0.hours) < ($1.incidentType, -$1.specificity, $1.area, $1.hours)
    }
    let table = TextTable("type", "area", "hours", "plan").text(of: sorted) {
      [
        $0.incidentType.isEmpty ? "every type" : $0.incidentType, $0.area.isEmpty ? "everywhere" : $0.area,
        $0.hours.isEmpty ? "always" : $0.hours, $0.planID,
      ]
    }
    return (plans.isEmpty ? "" : levels + "\n") + table
  }

  /// `3 engine (quint), 1 ladder, 15 people`.
  private static func wanted(by level: PlanLevel) -> String {
    let lines = level.lines.map { line in
      let others = line.needs.dropFirst().map { $0.capabilities.joined(separator: "+") }.filter { !$0.isEmpty }
      let minimum = line.minimumCount.map { $0 < line.count ? "\($0)-" : "" } ?? ""
      return (line.isOnlyIfFirst ? "if first " : "") + "\(minimum)\(line.count) \(line.name)"
        + (others.isEmpty ? "" : " (\(others.joined(separator: ", ")))")
    }
    let people = level.crewTotalMin.map { ["\(Figures.count($0)) people"] } ?? []
    return (lines + people).isEmpty ? "nothing" : (lines + people).joined(separator: ", ")
  }
}
