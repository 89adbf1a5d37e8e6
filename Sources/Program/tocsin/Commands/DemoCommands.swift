import API
import AnswerJSON
import ArgumentParser
import Engine
import Geometry
import InputFiles
import Profiles

/// `tocsin make-units`.
struct MakeUnitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make-units", abstract: "Make up response units on the roads of a map.")

  @Option(help: "The map file.")
  var map: String

  @Option(help: "Number of units.")
  var count = 60

  @Option(help: "Random seed: another seed puts the units elsewhere.")
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, file: "The CSV file to write.")
  var output: String

  func validate() throws {
    guard (1...EngineLimits().unitsMax).contains(count) else {
      throw ValidationError("--count must be 1 to \(EngineLimits().unitsMax).")
    }
  }

  func run() throws {
    var random = SplitMix64(seed: seed)
    let places = try PlaceSampler(CityMap(path: map).network).spreadPlaces(count: count, &random)
    let text = UnitRosterText.csv(places: places, random: &random)
    try AsideFile(path: output).write(Array(text.utf8))
    Console.write("\(Printable.text(output)): \(Figures.count(count, of: "unit"))\n")
  }
}

/// `tocsin make-incident`.
struct MakeIncidentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make-incident",
    abstract: "Find an incident for which a closed bridge changes the fastest unit.",
    discussion: "Prints one line with the place, one for each OSM way to close, and one with the road's name.")

  @Option(help: "The map file.")
  var map: String

  @Option(help: "CSV file of units.")
  var units: String

  @Option(help: "Random seed: another seed looks elsewhere.")
  var seed: UInt64 = 1

  @OptionGroup var form: OutputOption

  func run() throws {
    let map = try CityMap(path: map)
    let engine = try TocsinEngine(map: map, profiles: ProfileSet.builtIn)
    _ = try engine.putUnits(UnitFile.units(path: units))
    var random = SplitMix64(seed: seed)
    let incident = try IncidentFinder(engine: engine, sampler: PlaceSampler(map.network)).find(&random)
    let ways = incident.ways.map { "way \($0)\n" }.joined()
    try form.show(incident, text: "at \(incident.lat),\(incident.lon)\n\(ways)road \(Printable.text(incident.road))\n")
  }
}
