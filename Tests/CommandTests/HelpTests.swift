import ArgumentParser
import Foundation
import Testing

@testable import tocsin

/// What people read when they ask for help.
@Suite struct HelpTests {
  /// An argument of a command.
  private struct Argument {
    var name: String
    var help: String
    var valueName: String
  }

  /// All arguments of all commands, but for what the parser adds itself.
  private static func arguments() throws -> [Argument] {
    let text = Tocsin._dumpHelp()
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    return arguments(of: root["command"] as? [String: Any] ?? [:])
  }

  private static func arguments(of command: [String: Any]) -> [Argument] {
    let name = command["commandName"] as? String ?? ""
    if name == "help" { return [] }
    let own = (command["arguments"] as? [[String: Any]] ?? []).map { argument in
      Argument(
        name: "\(name) \(argument["valueName"] ?? "")", help: argument["abstract"] as? String ?? "",
        valueName: argument["valueName"] as? String ?? "")
    }
    return own + (command["subcommands"] as? [[String: Any]] ?? []).flatMap { arguments(of: $0) }
  }

  @Test func everyArgumentHasASentence() throws {
    let arguments = try Self.arguments()
    #expect(arguments.count > 100)
    for argument in arguments {
      #expect(argument.help.first?.isUppercase == true && argument.help.contains("."), "\(argument.name)")
    }
  }

  @Test func valuesWithAFormHaveAnExample() throws {
    let formed: Set = ["lat,lon", "duration", "moment", "from,to", "hours", "layers", "key=value"]
    let arguments = try Self.arguments().filter { formed.contains($0.valueName) }
    #expect(Set(arguments.map(\.valueName)) == formed)
    for argument in arguments { #expect(argument.help.contains("e.g. "), "\(argument.name)") }
  }

  @Test(arguments: ["TOCSIN_SERVER", "TOCSIN_TOKEN_FILE", "TOCSIN_CA"])
  func theEnvironmentIsNamed(_ variable: String) {
    #expect(Tocsin.helpMessage().contains("$" + variable))
    #expect(StatusCommand.helpMessage(columns: 1_000).contains("$" + variable))
  }
}
