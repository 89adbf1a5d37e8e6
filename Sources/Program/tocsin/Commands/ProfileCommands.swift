import ArgumentParser
import Profiles

/// `tocsin profile`.
struct ProfileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "List the vehicle profiles, or print one in full.",
    subcommands: [ProfileListCommand.self, ProfileShowCommand.self])
}

/// `tocsin profile list`.
struct ProfileListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the vehicle profiles.")

  @Option(
    help: ArgumentHelp(
      "Folder of vehicle profiles (*.toml) that replace built-in ones of the same name.", valueName: "folder"))
  var profiles: String?
  @OptionGroup var output: OutputOption

  func run() async throws {
    let listed = try ProfileOption.set(folder: profiles).profiles
    var table = TextTable("profile", "siren", "summary")
    for profile in listed { table.add(profile.name, profile.siren.rawValue, profile.summary) }
    let answers = listed.map { profile -> JSONObject in
      ["name": profile.name, "siren": profile.siren.rawValue, "summary": profile.summary]
    }
    try output.show(["profiles": answers] as JSONObject, text: table.text)
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
  @Option(
    help: ArgumentHelp(
      "Folder of vehicle profiles (*.toml) that replace built-in ones of the same name.", valueName: "folder"))
  var profiles: String?

  func run() async throws {
    Console.write(try ProfileOption.set(folder: profiles).profile(named: name).toml)
  }
}
