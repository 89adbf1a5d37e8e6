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

  struct Answer: Encodable {
    struct Profile: Encodable {
      var name: String
      var siren: String
      var summary: String
    }

    var profiles: [Profile]
  }

  @Option(help: ArgumentHelp("Vehicle profiles (*.toml), over the built-in ones.", valueName: "folder"))
  var profiles: String?
  @OptionGroup var output: OutputOption

  func run() async throws {
    let listed = try ProfileOption.set(folder: profiles).profiles
    var table = TextTable("profile", "siren", "summary")
    for profile in listed { table.add(profile.name, profile.siren.rawValue, profile.summary) }
    let answer = Answer(
      profiles: listed.map { .init(name: $0.name, siren: $0.siren.rawValue, summary: $0.summary) })
    try output.show(answer, text: table.text)
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

  @Argument(help: "The profile, such as ambulance.")
  var name: String
  @Option(help: ArgumentHelp("Vehicle profiles (*.toml), over the built-in ones.", valueName: "folder"))
  var profiles: String?

  func run() async throws {
    Console.write(try ProfileOption.set(folder: profiles).profile(named: name).toml)
  }
}
