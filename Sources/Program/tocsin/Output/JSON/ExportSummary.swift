/// What `export` wrote.
struct ExportSummary: Encodable {
  struct Graph: Encodable {
    var folder: String
    var vertices: Int
    var arcs: Int
  }

  var profile: String
  var graphs: [Graph]

  /// For people.
  var text: String {
    graphs.map { "\(Printable.text($0.folder)): \($0.vertices) vertices, \($0.arcs) arcs\n" }.joined()
  }
}
