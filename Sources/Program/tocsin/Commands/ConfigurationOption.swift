import ArgumentParser
import Foundation
import Settings

/// `--config` and `--set`, for commands that look at a server's configuration.
struct ConfigurationOption: ParsableArguments {
  @Option(file: "Read settings from this file; \(Setting.variablePrefix)… variables and flags override it.")
  var config: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set one value, e.g. limits.units=5000; may be repeated. `tocsin config example` lists the keys.",
      valueName: "key=value"))
  var assignments: [String] = []

  func validate() throws {
    if let bad = assignments.first(where: { !$0.contains("=") }) {
      throw ValidationError("--set takes key=value, not '\(bad)'.")
    }
  }

  /// What is in force: `--set` overrides `flags`, those the environment, and that the file.
  ///
  /// - Parameter flags: flags with the keys that they are short for; those without a value are ignored.
  func effective(flags: [(key: String, value: String?, flag: String)] = []) throws -> EffectiveConfiguration {
    let given = flags.compactMap { flag in flag.value.map { (key: flag.key, value: $0, flag: flag.flag) } }
    let set = assignments.map { text in
      let (key, value) = (text.prefix { $0 != "=" }, text.drop { $0 != "=" }.dropFirst())
      return (key: String(key), value: String(value), flag: "--set")
    }
    return try EffectiveConfiguration(
      file: config, environment: ProcessInfo.processInfo.environment, flags: given + set)
  }
}
