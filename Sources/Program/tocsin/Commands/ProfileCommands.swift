import AnswerJSON
import ArgumentParser
import Profiles

/// `--profiles`, for commands that read vehicle profiles themselves.
struct ProfilesOption: ParsableArguments {
  @Option(folder: "Folder of vehicle profiles (*.toml) that replace built-in ones of the same name.")
  var profiles: String?

  func set() throws -> ProfileSet { try Self.set(folder: profiles) }

  /// The built-in profiles, overlaid by those of a folder if there is one; of them only those with these names, unless
  /// there are none.
  static func set(folder: String?, only names: [String] = []) throws -> ProfileSet {
    let all = try folder.map { try ProfileSet.load(directory: $0) } ?? .builtIn
    return names.isEmpty ? all : try all.only(names)
  }
}

/// `tocsin profile`.
struct ProfileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "List the vehicle profiles, or print one in full.",
    subcommands: [ProfileListCommand.self, ProfileShowCommand.self])
}

/// `tocsin profile list`.
struct ProfileListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the vehicle profiles.")

  @OptionGroup var profiles: ProfilesOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let listed = try profiles.set().profiles
    let answers = listed.map { ["name": $0.name, "siren": $0.siren.rawValue, "summary": $0.summary] as JSONObject }
    try output.show(
      ["profiles": answers] as JSONObject,
      text: TextTable("profile", "siren", "summary").text(of: listed) { [$0.name, $0.siren.rawValue, $0.summary] })
  }
}

/// `tocsin profile show`.
struct ProfileShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print a profile as a TOML file with every key, each explained.",
    discussion: """
      Save it under the profile's name in a folder of your own, edit it, and give that folder to --profiles:
        tocsin profile show ambulance > profiles/ambulance.toml
      """)

  @Argument(help: "The profile, e.g. ambulance.")
  var name: String
  @OptionGroup var profiles: ProfilesOption

  func run() async throws { Console.write(try profiles.set().profile(named: name).toml) }
}
