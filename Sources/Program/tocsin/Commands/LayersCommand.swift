import API
import AnswerJSON
import ArgumentParser
import Foundation
import InputFiles

/// `tocsin layers`.
struct LayersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "layers", abstract: "List, put, remove or export layers: hydrants, past calls, districts.",
    subcommands: [PutLayer.self, ListLayers.self, RemoveLayer.self, ExportLayer.self],
    defaultSubcommand: ListLayers.self)
}

struct PutLayer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "put", abstract: "Add a layer, or replace it as a whole, from GeoJSON or CSV.",
    discussion: """
      GeoJSON: points and polygons; id, name, weight, heading, view_degrees and range_meters are read from the \
      properties, the others are tags. CSV (.csv): the first line names the columns lat and lon and, if there are any, \
      id, name, weight, heading, view_degrees and range_meters; the others are tags.
      """)

  @Argument(help: "The layer's name.")
  var name: String
  @Argument(help: "GeoJSON or CSV file.")
  var file: String
  @Option(
    help: ArgumentHelp(
      "How far from a road's line a point still belongs to it. Default: \(Int(LayerRule.roadMetersUsual)).",
      valueName: "metres"))
  var roadWithin: Double?
  @Option(
    help: ArgumentHelp(
      "Which of the carriageways within reach a point belongs to: \(LayerSide.words).", valueName: "side"),
    transform: LayerSide.parse)
  var side = LayerSide.nearest
  @OptionGroup var levels: LevelOption
  @Option(
    help: ArgumentHelp(
      "Refuse if the server knows another revision by now, as `layers list` told it.", valueName: "number"))
  var revision: UInt64 = 0
  @Flag(help: "Say what would happen; change nothing.")
  var dryRun = false
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let contents = try LayerFile.contents(path: file)
    LeftOutNote.tell(contents.leftOut, taken: "points and areas")
    let rule = LayerRule(
      roadMetersMax: roadWithin ?? LayerRule.roadMetersUsual, side: side, levels: levels.value)
    let layer = Layer(name, features: contents.features, rule: rule, revision: revision)
    let answer = try await server.withClient { client in
      dryRun ? try await client.previewLayer(layer) : try await client.putLayer(layer)
    }
    try output.show(
      answer.json + ["isDryRun": dryRun],
      text: LayerListText.text(answer.layers)
        + (dryRun ? "would be put\n" : "put, version \(answer.version)\n"))
  }
}

extension LayerSide {
  fileprivate static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }

  fileprivate static func parse(_ text: String) throws -> LayerSide {
    guard let side = LayerSide(rawValue: text) else {
      throw ValidationError("'\(text)' is not a side; known are \(words)")
    }
    return side
  }
}

struct ListLayers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List all layers.")

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let answer = try await server.withClient { try await $0.listLayers() }
    try output.show(answer.json, text: LayerListText.text(answer.layers))
  }
}

struct RemoveLayer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a layer that no choice of plans names.")

  @Argument(help: "The layer's name.")
  var name: String
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let answer = try await server.withClient { try await $0.removeLayer(name) }
    try output.show(answer.json, text: "\(Printable.text(name)) removed, version \(answer.version)\n")
  }
}

struct ExportLayer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a layer as GeoJSON, which `tocsin layers put` takes.")

  @Argument(help: "The layer's name.")
  var name: String
  @Option(name: .shortAndLong, file: "The file to write. Default: standard output.")
  var output: String?
  @OptionGroup var server: ServerOption

  func run() async throws {
    let layer = try await server.withClient { try await $0.exportLayer(name) }.layer
    try GeoJSONOutput.write(layer.features.map(\.geoJSON), to: output ?? GeoJSONOutput.standardOutput)
  }
}
