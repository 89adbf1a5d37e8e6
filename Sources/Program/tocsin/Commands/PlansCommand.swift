import API
import AnswerJSON
import ArgumentParser
import Client
import Foundation
import InputFiles
import TOMLText

/// `tocsin plans`.
struct PlansCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plans", abstract: "List, check, put or remove response plans, and what chooses them.",
    subcommands: [CheckPlans.self, PutPlans.self, ListPlans.self, RemovePlans.self], defaultSubcommand: ListPlans.self)
}

struct CheckPlans: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a file of plans without a server.",
    discussion: "Areas, the map's holidays and whether two choices hold at once are known to a server: put --dry-run.")

  @Argument(help: "TOML file of plans and choices.")
  var file: String
  @OptionGroup var output: OutputOption

  func run() async throws {
    let plans = try PlanFile(path: file)
    try output.show(
      ["plans": plans.plans.count, "choices": plans.choices?.choices.count] as JSONObject,
      text: PlanListText.text(plans.plans, plans.choices?.choices ?? []))
  }
}

struct PutPlans: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "put", abstract: "Add or replace plans from a TOML file: all or none.",
    discussion: """
      If the file has choices, they take the place of all that the server knows; without any, those stay. A plan, or \
      choices_revision, with a revision is refused if the server knows another one by now.
      """)

  @Argument(help: "TOML file of plans and choices.")
  var file: String
  @Flag(help: "Say what would happen; change nothing.")
  var dryRun = false
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let plans = try PlanFile(path: file)
    let answer: PlansAnswer
    do {
      answer = try await server.withClient { client in
        dryRun ? try await client.previewPlans(plans.request) : try await client.putPlans(plans.request)
      }
    } catch let error as ClientError {
      throw located(error, in: plans)
    }
    let same = answer.unchangedCount > 0 ? ", \(Figures.count(answer.unchangedCount)) known so already" : ""
    let choices = plans.choices.map { " and \(Figures.count($0.choices.count, of: "choice"))" } ?? ""
    try output.show(
      [
        "version": answer.version, "count": answer.count, "unchanged": answer.unchangedCount,
        "choices": plans.choices?.choices.count, "choicesRevision": answer.choicesRevision, "isDryRun": dryRun,
      ] as JSONObject,
      text: "\(Figures.count(answer.count, of: "plan"))\(choices) \(dryRun ? "would be put" : "put")\(same), "
        + "version \(answer.version)\n")
  }

  /// A refusal that numbers a choice, with the line on which that stands.
  private func located(_ error: ClientError, in plans: PlanFile) -> any Error {
    guard let match = error.message.firstMatch(of: /^choice (\d+)\b/), let number = Int(match.1),
      plans.choiceLines.indices.contains(number - 1)
    else { return error }
    return CommandFailure(
      error.code, "\(file):\(plans.choiceLines[number - 1]): \(error.message)", value: error.value)
  }
}

struct ListPlans: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List all plans, and what chooses them.")

  @Flag(help: "Print a file that `tocsin plans put` takes.")
  var toml = false
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let answer = try await server.withClient { try await $0.listPlans() }
    try output.show(
      answer.json,
      text: toml
        ? PlanFile.text(answer.plans, answer.choices.choices)
        : PlanListText.text(answer.plans, answer.choices.choices))
  }
}

struct RemovePlans: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove plans that no choice names: all or none.")

  @Argument(help: "Ids of plans, as `tocsin plans` lists them.")
  var ids: [String]
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws { if ids.isEmpty { throw ValidationError("Missing expected argument '<ids> ...'") } }

  func run() async throws {
    let answer = try await server.withClient { try await $0.removePlans(ids) }
    try output.show(
      ["version": answer.version, "count": answer.count] as JSONObject,
      text: "\(Figures.count(answer.count, of: "plan")) removed, version \(answer.version)\n")
  }
}
