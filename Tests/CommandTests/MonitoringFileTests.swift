import Foundation
import TestSupport
import Testing

/// The alert rules and the dashboard of the package ask for what a server shows, in a form that Prometheus and Grafana
/// take.
@Suite struct MonitoringFileTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../.packaging")

  private static func text(_ file: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
  }

  // MARK: The dashboard

  private struct Dashboard: Decodable {
    struct Source: Decodable {
      let type, uid: String
    }
    struct Position: Decodable {
      let h, w, x, y: Int
      var cells: [[Int]] { (x..<x + w).flatMap { x in (y..<y + h).map { [x, $0] } } }
    }
    struct Target: Decodable {
      let expr, legendFormat, refId: String
    }
    struct Fields: Decodable {
      struct Defaults: Decodable {
        let unit: String
      }
      let defaults: Defaults
    }
    struct Panel: Decodable {
      let id: Int
      let type, title: String
      let gridPos: Position
      let datasource: Source
      let fieldConfig: Fields
      let targets: [Target]
    }
    struct Variable: Decodable {
      let name, type, query: String
    }
    struct Templating: Decodable {
      let list: [Variable]
    }
    let title, uid: String
    let schemaVersion: Int
    let templating: Templating
    let panels: [Panel]

    static func read() throws -> Dashboard {
      try JSONDecoder().decode(Dashboard.self, from: Data(MonitoringFileTests.text("dashboard.json").utf8))
    }
  }

  private static let gridColumns = 24
  /// Of those that Grafana knows.
  private static let units: Set = ["short", "s", "bytes", "reqps"]

  @Test func grafanaTakesTheDashboard() throws {
    let dashboard = try Dashboard.read()
    #expect(!dashboard.title.isEmpty && !dashboard.uid.isEmpty && dashboard.schemaVersion >= 36)
    let source = try #require(dashboard.templating.list.first)
    #expect(source.type == "datasource" && source.query == "prometheus")
    var taken: Set<[Int]> = []
    #expect(Set(dashboard.panels.map(\.id)).count == dashboard.panels.count)
    for panel in dashboard.panels {
      #expect(panel.type == "timeseries" && !panel.title.isEmpty)
      #expect(panel.datasource.type == "prometheus" && panel.datasource.uid == "${\(source.name)}")
      #expect(Self.units.contains(panel.fieldConfig.defaults.unit), "\(panel.title)")
      #expect(!panel.targets.isEmpty && Set(panel.targets.map(\.refId)).count == panel.targets.count)
      let cells = panel.gridPos.cells
      #expect(cells.allSatisfy { $0[0] < Self.gridColumns } && taken.isDisjoint(with: cells), "\(panel.title)")
      taken.formUnion(cells)
    }
  }

  // MARK: What is asked for

  /// The expressions of alert rules: each on its line, or on the deeper lines below.
  private static func alertExpressions() throws -> [String] {
    try text("alerts.yml").matches(of: /(?m)^        expr: (?:\|\n((?:          .*\n)+)|(.*)\n)/).map { match in
      String(match.1 ?? match.2 ?? "")
    }
  }

  /// A metric that an expression names, with the labels that it asks for.
  private static func metrics(in expression: String) -> [(name: String, labels: [String])] {
    expression.matches(of: /\b((?:tocsin|process)_\w+)(?:\{([^}]*)\})?/).map { match in
      let labels = (match.2 ?? "").matches(of: /(\w+)(?:=~|!~|!=|=)"/).map { String($0.1) }
      return (String(match.1), labels)
    }
  }

  /// Labels that Prometheus adds.
  private static let ownLabels: Set = ["job", "instance", "le"]

  @Test(.enabled(if: Program.path != nil, "\(Program.hint)")) func serversShowWhatIsAskedFor() throws {
    let page = try PrintedStory.shared.get().page
    /// The labels of a metric; `nil` if there is none of this name.
    func labels(of name: String) -> Set<String>? {
      let lines = page.split(separator: "\n").filter { $0.hasPrefix("\(name) ") || $0.hasPrefix("\(name){") }
      return lines.isEmpty ? nil : Set(lines.flatMap { $0.matches(of: /(\w+)="/).map { String($0.1) } })
    }
    let panels = try Dashboard.read().panels.flatMap(\.targets)
    let expressions = try panels.map(\.expr) + Self.alertExpressions()
    #expect(expressions.count > 20)
    for expression in expressions {
      let asked = Self.metrics(in: expression)
      #expect(!asked.isEmpty || expression.hasPrefix("up{"), "\(expression)")
      var known = Self.ownLabels
      for (name, wanted) in asked {
        let labels = try #require(labels(of: name), "\(name) is not shown: \(expression)")
        known.formUnion(labels)
        #expect(Set(wanted).subtracting(labels).subtracting(Self.ownLabels) == [], "\(expression)")
      }
      for group in expression.matches(of: /by \(([^)]*)\)/) {
        let names = Set(group.1.split(separator: ", ").map(String.init))
        #expect(names.subtracting(known) == [], "\(expression)")
      }
      for panel in panels where panel.expr == expression {
        let names = Set(panel.legendFormat.matches(of: /\{\{(\w+)\}\}/).map { String($0.1) })
        #expect(names.subtracting(known) == [], "\(panel.legendFormat)")
      }
    }
  }

  // MARK: Prometheus' own judge

  private static func judge(_ arguments: [String], input: String = "") throws -> (status: Int32, words: String) {
    let (process, inputPipe, outputPipe) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: promtoolPath)
    process.arguments = arguments
    (process.standardInput, process.standardOutput, process.standardError) = (inputPipe, outputPipe, outputPipe)
    try process.run()
    try inputPipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try inputPipe.fileHandleForWriting.close()
    let output = outputPipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  @Test(.enabled(if: hasPromtool && Program.path != nil, "needs promtool, and the built program"))
  func metricsAreAsPrometheusWantsThem() throws {
    let found = try Self.judge(["check", "metrics"], input: PrintedStory.shared.get().page)
    #expect(found.status == 0 && found.words.isEmpty, "\(found.words)")
    #expect(try Self.judge(["check", "metrics"], input: "# TYPE a counter\na 1\n").status != 0)
  }

  @Test(.enabled(if: hasPromtool, "needs promtool")) func rulesAndQueriesParse() throws {
    let count = try Self.alertExpressions().count
    let rules = try Self.judge(["check", "rules", Self.folder.appendingPathComponent("alerts.yml").path])
    #expect(rules.status == 0 && rules.words.contains("\(count) rules found"), "\(rules)")
    let panels = try Dashboard.read().panels.flatMap(\.targets)
    let records = panels.indices.map { "      - record: panel\($0)\n        expr: '\(panels[$0].expr)'\n" }.joined()
    let folder = TemporaryFolder()
    try Data("groups:\n  - name: panels\n    rules:\n\(records)".utf8).write(to: folder.url("panels.yml"))
    let queries = try Self.judge(["check", "rules", folder.path("panels.yml")])
    #expect(queries.status == 0, "\(queries.words)")
  }
}

private let promtoolPath = "/usr/bin/promtool"
private let hasPromtool = FileManager.default.isExecutableFile(atPath: promtoolPath)
