import API
import AnswerJSON
import Checks

extension WayExplanation {
  /// - Parameter closures: `nil` if no server was asked.
  func json(closures: [ListedClosure]?) -> JSONObject {
    [
      "way": way, "name": name, "profile": profile, "facts": facts, "conditions": conditions, "overrides": overrides,
      "parts": parts, "closures": closures?.map(\.json),
    ]
  }
}

/// Why a road costs what it costs, for people.
enum ExplanationText {
  static func text(_ explanation: WayExplanation, closures: [ListedClosure]?, _ clock: LocalClock) -> String {
    let name = explanation.name.isEmpty ? "" : "\(Printable.text(explanation.name)), "
    return "\(name)way \(explanation.way), for \(explanation.profile)\n" + notes(explanation) + traffic(closures, clock)
      + "\n"
      + parts(explanation.parts)
  }

  /// What the map and the department say.
  private static func notes(_ explanation: WayExplanation) -> String {
    var table = TextTable("", "")
    for fact in explanation.facts { table.add(fact.name, fact.value) }
    for condition in explanation.conditions {
      let facts = condition.facts.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
      table.add(condition.holds ? "now" : "at times", "\(condition.text): \(facts)")
    }
    for entry in explanation.overrides {
      table.add("override", "line \(entry.line), \(entry.text)" + (entry.note.isEmpty ? "" : " (\(entry.note))"))
    }
    // The titles are empty: they leave a line free.
    return table.text
  }

  private static func traffic(_ closures: [ListedClosure]?, _ clock: LocalClock) -> String {
    guard let closures else { return "\nWithout traffic: no server was asked (--server).\n" }
    return "\n" + ClosureListText.text(closures, clock)
  }

  private static func parts(_ parts: [WayExplanation.Part]) -> String {
    guard !parts.isEmpty else { return "Nobody drives any piece of it.\n" }
    let table = TextTable("piece", "direction", ">length", ">time", ">reluctance", ">speed", "because", "exemptions")
    return table.text(of: parts) { part in
      [
        part.node.map { "\(part.kind) \($0)" } ?? part.kind,
        part.isAgainstWay.map { $0 ? "against" : "along" } ?? "any",
        part.lengthMeters > 0 ? Figures.length(meters: part.lengthMeters) : "",
        part.seconds.map(seconds) ?? "no way", part.reluctanceSeconds > 0 ? seconds(part.reluctanceSeconds) : "",
        part.speedKmh.map { "\(Figures.decimals($0, 1)) km/h" } ?? "", part.reason.text,
        part.exemptions.joined(separator: ", "),
      ]
    }
  }

  private static func seconds(_ seconds: Double) -> String { "\(Figures.decimals(seconds, 1)) s" }
}
