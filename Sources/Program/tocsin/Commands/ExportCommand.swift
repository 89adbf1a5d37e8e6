import AnswerJSON
import ArgumentParser
import Engine
import Foundation
import Traffic

/// `tocsin export`.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the graph of a profile for another program.",
    discussion: """
      FOLDER/turns holds the graph that Tocsin searches: road arcs as vertices, turns as arcs, and the order of the \
      hierarchy. FOLDER/roads holds the road graph: junctions as vertices, road arcs as arcs, turns at no cost. Each \
      column is a file of raw little-endian 4-byte numbers: first_out, head, weight (milliseconds; 2147483647 is \
      infinity) and order are unsigned, latitude and longitude are floats. Weights are without traffic and without \
      time-dependent rules.
      """)

  @Option(help: ArgumentHelp("Write RoutingKit's vectors to this folder.", valueName: "folder"))
  var routingkit: String

  @Option(file: "The map file, written by `tocsin import`.")
  var map: String

  @Option(help: "Vehicle profile whose weights to write.")
  var profile = "car"

  @OptionGroup var profiles: ProfilesOption

  @OptionGroup var form: OutputOption

  func run() throws {
    let city = try CityMap(path: map)
    let roads = ProfileRoads(profile: try profiles.set().profile(named: profile), network: city.network)
    let turns = try export(RoutingKitGraph(turnsOf: roads, order: city.hierarchy.order), to: "turns")
    let plain = try export(RoutingKitGraph(roadsOf: roads), to: "roads")
    try form.show(
      ["profile": profile, "graphs": [turns, plain].map(\.json)] as JSONObject, text: turns.text + plain.text)
  }

  private func export(_ graph: RoutingKitGraph, to name: String) throws -> (json: JSONObject, text: String) {
    let folder = routingkit + "/" + name
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw CommandFailure("WRITE_FAILED", "cannot create the folder", value: folder)
    }
    try graph.write(to: folder)
    let (vertices, arcs) = (graph.vertexCount, graph.arcCount)
    return (
      ["folder": folder, "vertices": vertices, "arcs": arcs],
      "\(Printable.text(folder)): \(vertices) vertices, \(arcs) arcs\n"
    )
  }
}
