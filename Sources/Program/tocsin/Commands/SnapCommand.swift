import API
import ArgumentParser
import Engine
import Geometry

/// `tocsin snap`.
struct SnapCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "snap", abstract: "Which roads are near a place.")

  struct Shape: Encodable {
    var version: UInt64
    var places: [PlaceJSON]
  }

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The place.", valueName: "lat,lon"), transform: Parse.coordinate)
  var at: Coordinate

  @Option(
    parsing: .unconditional, help: "Only roads that run in about this direction, in degrees clockwise from north.")
  var heading: Double?

  @Option(help: "Roads that this profile may drive.")
  var profile = "ambulance"

  @Option(name: [.customShort("k", allowingJoined: true), .long], help: "How many roads.")
  var count = 5

  @OptionGroup var reach: ReachOption
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    var request = SnapRequest(place: Place(at, headingDegrees: heading), profile: profile)
    request.reach = reach.value
    request.count = count
    let asked = request
    let answer = try await server.withClient { try await $0.snap(asked) }
    try output.show(
      Shape(version: answer.version, places: answer.places.map(PlaceJSON.init)), text: Self.text(answer.places))
  }

  static func text(_ places: [SnappedPlace]) -> String {
    var table = TextTable(">distance", "side", "road", ">way", ">heading", ">position")
    for place in places {
      table.add(
        Figures.length(meters: place.distanceMeters), place.side.rawValue, place.name, "\(place.wayOSMID)",
        "\(Int(place.headingDegrees.rounded()))°", place.coordinate.description)
    }
    return table.text
  }
}
