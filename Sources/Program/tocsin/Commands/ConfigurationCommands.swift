import AnswerJSON
import ArgumentParser
import Foundation
import Settings

/// `tocsin config`.
struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check a server's configuration, or print an example.",
    subcommands: [ConfigCheckCommand.self, ConfigExampleCommand.self])
}

/// `tocsin config check`.
struct ConfigCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Show the settings that a server would use, and where each comes from; open the files that they name.")

  @Argument(help: "The configuration file, as for `tocsin serve --config`.")
  var file: String
  @OptionGroup var output: OutputOption

  func run() async throws {
    let effective = try EffectiveConfiguration(file: file, environment: ProcessInfo.processInfo.environment)
    let table = TextTable("SETTING", "VALUE", "FROM")
    try output.show(
      effective.json, text: table.text(of: effective.lines) { [$0.setting.key, $0.value.description, "\($0.origin)"] })
    var faults = try ConfigurationCheck(effective.configuration).faults
    let last = faults.popLast()
    for fault in faults { Console.complain("\(fault.description)\n") }
    if let last { throw last }
  }
}

/// `tocsin config example`.
struct ConfigExampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "example",
    abstract: "Print a configuration file with every setting and its default, all commented out.")

  func run() async throws { Console.write(ConfigurationExample.text) }
}

/// `tocsin limits`.
struct LimitsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limits", abstract: "Show every limit of a server, changeable or fixed.")

  @OptionGroup var settings: ConfigurationOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let limits = try settings.effective().limits
    let text = TextTable("LIMIT", ">VALUE", "UNIT", "FROM", "WHAT").text(of: limits) {
      [$0.name, SettingValue.number($0.value).description, $0.unit, $0.from, $0.what]
    }
    try output.show(["limits": limits] as JSONObject, text: text)
  }
}
