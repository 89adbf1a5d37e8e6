import AnswerJSON
import ArgumentParser

/// `--geojson`, for every command whose answer lies somewhere on a map.
struct GeoJSONOption: ParsableArguments {
  @Option(
    file: "Write the answer as GeoJSON, to show on a map; - writes it to standard output, and nothing else there.")
  var geojson: String?

  /// True if lines are needed.
  var isGiven: Bool { geojson != nil }

  /// Writes features if they are asked for.
  func write(_ features: @autoclosure () throws -> [JSONObject]) throws {
    if let geojson { try GeoJSONOutput.write(try features(), to: geojson) }
  }

  /// Writes features if they are asked for, and shows the answer unless those went to standard output.
  func show(
    _ features: @autoclosure () throws -> [JSONObject], _ output: OutputOption, _ json: some Encodable,
    text: @autoclosure () -> String
  ) throws {
    try write(try features())
    if geojson != GeoJSONOutput.standardOutput { try output.show(json, text: text()) }
  }
}

/// The one place where GeoJSON is written.
enum GeoJSONOutput {
  /// In the place of a file.
  static let standardOutput = "-"

  /// Writes a collection of features to a file or to standard output.
  static func write(_ features: [JSONObject], to path: String) throws {
    let bytes = try JSONLine.bytes(of: GeoJSON.collection(features))
    if path == standardOutput { Console.write(bytes) } else { try AsideFile(path: path).write(bytes) }
  }
}
