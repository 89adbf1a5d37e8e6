import InputFiles

/// Tells people what a GeoJSON file has besides what a command takes of it.
enum LeftOutNote {
  /// Says nothing if nothing was left out.
  static func tell(_ leftOut: [String: Int], taken: String) {
    guard !leftOut.isEmpty else { return }
    Console.complain(
      "note: only the \(taken) of the file count; left out: \(Printable.text(GeoJSONReader.text(leftOut)))\n")
  }
}
