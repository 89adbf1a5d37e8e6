import Checks
import Geometry

/// What a check found, as JSON.
struct CheckJSON: Encodable {
  struct Item: Encodable {
    var kind: String
    var severity: String
    var subject: String
    var message: String
    var osm: Int64?
    var shape: [Coordinate]

    init(_ finding: Finding) {
      kind = finding.kind.rawValue
      severity = finding.severity.rawValue
      subject = finding.subject
      message = finding.message
      osm = finding.osmID
      shape = finding.shape
    }
  }

  var stations: Int
  var profile: String
  /// By kind.
  var counts: [String: Int]
  var findings: [Item]

  init(_ findings: [Finding], stations: Int, profile: String) {
    self.stations = stations
    self.profile = profile
    counts = findings.reduce(into: [:]) { $0[$1.kind.rawValue, default: 0] += 1 }
    self.findings = findings.map(Item.init)
  }
}

/// What a check found, for people.
enum CheckText {
  static func text(_ findings: [Finding], stations: Int) -> String {
    var table = TextTable("severity", "kind", "what", "finding")
    for finding in findings {
      table.add(
        finding.severity.rawValue, finding.kind.rawValue.replacing("_", with: " "), finding.subject, finding.message)
    }
    let counts = Finding.Severity.allCases.map { severity in
      Figures.count(findings.count { $0.severity == severity }, of: severity.rawValue)
    }
    let summary = "\(Figures.count(stations, of: "station")) checked: \(counts.joined(separator: ", "))\n"
    return findings.isEmpty ? summary : table.text + "\n" + summary
  }
}

/// What a check found, for a map.
enum CheckGeoJSON {
  struct Properties: Encodable {
    var kind: String
    var severity: String
    var subject: String
    var message: String
    var osm: Int64?
  }

  static func collection(_ findings: [Finding]) -> GeoJSON<Properties> {
    GeoJSON(
      features: findings.map { finding in
        GeoJSON.Feature(
          geometry: GeoJSONGeometry(finding.shape),
          properties: Properties(
            kind: finding.kind.rawValue, severity: finding.severity.rawValue, subject: finding.subject,
            message: finding.message, osm: finding.osmID))
      })
  }
}
