import API
import ArgumentParser

/// Which units may be chosen, beside what they are and can do.
struct CandidateOption: ParsableArguments {
  @Option(help: ArgumentHelp("Units to hold back.", valueName: "ids"))
  var hold: [String] = []
  @Option(
    help: ArgumentHelp(
      "A station that keeps units as long as others can go: STATION=COUNT, or STATION=COUNT:CAPABILITY.",
      valueName: "rule"),
    transform: PlanLineText.keepRule)
  var keep: [KeepRule] = []
  @Option(duration: "Only units whose travel time is at most this, e.g. 8m.")
  var maxTravel: Double?
  @Option(duration: "A position that is older is stale, e.g. 90s.")
  var maxAge: Double?
  @Flag(help: "With --max-age: available units whose position is stale count as at home, if they have one.")
  var staleAtHome = false

  func filter(_ units: UnitOption) -> UnitFilter {
    var filter = units.filter
    filter.excludedIDs = hold.flatMap(Parse.list)
    (filter.travelSecondsMax, filter.positionAgeSecondsMax) = (maxTravel, maxAge)
    filter.stale = staleAtHome ? .atHome : .leftOut
    return filter
  }
}
