import AnswerJSON
import Checks

extension Finding {
  var json: JSONObject {
    ["kind": kind.rawValue, "severity": severity.rawValue, "subject": subject, "message": message, "osm": osmID]
  }
}

/// What a check found, for programs and for a map.
enum CheckJSON {
  static func object(_ findings: [Finding], stations: Int, profile: String) -> JSONObject {
    [
      "stations": stations, "profile": profile,
      "counts": findings.reduce(into: [:]) { $0[$1.kind.rawValue, default: 0] += 1 } as [String: Int],
      "findings": findings.map { $0.json + ["shape": $0.shape] },
    ]
  }

  static func geoJSON(_ findings: [Finding]) -> [JSONObject] {
    findings.map { GeoJSON.feature($0.shape, $0.json) }
  }
}

/// What a check found, for people.
enum CheckText {
  static func text(_ findings: [Finding], stations: Int) -> String {
    let counts = Finding.Severity.allCases.map { severity in
      Figures.count(findings.count { $0.severity == severity }, of: severity.rawValue)
    }
    let summary = "\(Figures.count(stations, of: "station")) checked: \(counts.joined(separator: ", "))\n"
    if findings.isEmpty { return summary }
    return TextTable("severity", "kind", "what", "finding").text(of: findings) {
      [$0.severity.rawValue, $0.kind.rawValue.replacing("_", with: " "), $0.subject, $0.message]
    } + "\n" + summary
  }
}
