import API
import ArgumentParser

/// Which units on less urgent calls are offered.
struct DiversionOption: ParsableArguments {
  @Flag(help: "Offer units on less urgent calls that would do better here; nobody is called off.")
  var divert = false

  @Option(duration: "With --divert: how much earlier such a unit is at the least, e.g. 90s. Default: 60s.")
  var divertGain: Double?

  @Option(
    duration:
      "With --divert: how much later somebody else may be at its call if that is less urgent by one, e.g. 3m. Default: 2m."
  )
  var divertLoss: Double?

  @Option(
    help: ArgumentHelp(
      "With --divert: from which statuses, of dispatched, en_route, on_scene. Default: the first two.",
      valueName: "statuses"),
    transform: Parse.statuses)
  var divertStatus: [[UnitStatus]] = []

  func validate() throws {
    guard divert || (divertGain == nil && divertLoss == nil && divertStatus.isEmpty) else {
      throw ValidationError("--divert-gain, --divert-loss and --divert-status go with --divert.")
    }
  }

  /// `nil` if nobody asked for it.
  func search(priority: Int) -> DiversionSearch? {
    guard divert else { return nil }
    var search = DiversionSearch(priority: priority)
    if let divertGain { search.gainSecondsMin = divertGain }
    if let divertLoss { search.lossSecondsMax = divertLoss }
    if !divertStatus.isEmpty { search.statuses = Set(divertStatus.joined()) }
    return search
  }
}
