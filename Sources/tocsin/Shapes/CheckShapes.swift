import Checks
import Geometry

/// What a check found, as JSON.
struct CheckShape: Encodable {
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

/// What a check found, for a map: a feature collection of RFC 7946.
struct CheckGeoJSON: Encodable {
  struct Feature: Encodable {
    let type = "Feature"
    var geometry: Geometry?
    var properties: Properties

    private enum CodingKeys: String, CodingKey { case type, geometry, properties }

    /// A feature without a place has a geometry of null.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(type, forKey: .type)
      try container.encode(geometry, forKey: .geometry)
      try container.encode(properties, forKey: .properties)
    }
  }

  struct Properties: Encodable {
    var kind: String
    var severity: String
    var subject: String
    var message: String
    var osm: Int64?
  }

  /// A point, or a line of two positions or more; a position is longitude and latitude.
  enum Geometry: Encodable {
    case point([Double])
    case line([[Double]])

    private enum CodingKeys: String, CodingKey { case type, coordinates }

    init?(_ shape: [Coordinate]) {
      let positions = shape.map { [$0.longitude, $0.latitude] }
      guard let first = positions.first else { return nil }
      self = positions.count == 1 ? .point(first) : .line(positions)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      switch self {
      case .point(let position):
        try container.encode("Point", forKey: .type)
        try container.encode(position, forKey: .coordinates)
      case .line(let positions):
        try container.encode("LineString", forKey: .type)
        try container.encode(positions, forKey: .coordinates)
      }
    }
  }

  let type = "FeatureCollection"
  var features: [Feature]

  init(_ findings: [Finding]) {
    features = findings.map { finding in
      Feature(
        geometry: Geometry(finding.shape),
        properties: Properties(
          kind: finding.kind.rawValue, severity: finding.severity.rawValue, subject: finding.subject,
          message: finding.message, osm: finding.osmID))
    }
  }
}
