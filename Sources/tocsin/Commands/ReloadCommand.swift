import ArgumentParser
import Engine

/// `tocsin reload`.
struct ReloadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload", abstract: "Make a server read its overrides again; says what matches nothing on the map.")

  struct Shape: Encodable {
    struct Unmatched: Encodable {
      var kind: String
      var id: String
      var line: Int
      var why: String
    }

    var version: UInt64
    var overrides: String
    var entries: Int
    var unmatched: [Unmatched]

    init(_ answer: OverridesAnswer) {
      (version, overrides, entries) = (answer.version, answer.path, answer.entryCount)
      unmatched = answer.unmatched.map { Unmatched(kind: $0.kind.rawValue, id: $0.id, line: $0.line, why: $0.why) }
    }
  }

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let answer = try await server.withClient { try await $0.reloadOverrides() }
    try output.show(Shape(answer), text: Self.text(answer))
  }

  static func text(_ answer: OverridesAnswer) -> String {
    let head =
      "\(Figures.count(answer.entryCount, of: "override")) of \(Printable.text(answer.path)) in force, "
      + "version \(answer.version)\n"
    guard !answer.unmatched.isEmpty else { return head }
    var table = TextTable(">line", "matches nothing", "why")
    for entry in answer.unmatched {
      table.add("\(entry.line)", "\(entry.kind.rawValue) \(Printable.text(entry.id))", Printable.text(entry.why))
    }
    return head + "\n" + table.text
  }
}
