/// Where the keys of a TOML text stand, for error messages: the parser tells lines of syntax errors only.
///
/// Paths are dotted (`turns.left_seconds`); the tables of a list are numbered from 1 (`way[2].speed_kmh`), whether they
/// have heads of their own or stand in brackets.
struct TOMLLines: Sendable {
  private var lineByPath: [String: Int] = [:]
  private var countByList: [String: Int] = [:]
  /// Path of the table whose keys are being read, with a dot at its end; empty at the top.
  private var table = ""

  /// The line of a path, or of the nearest table around it; 1 if there is none.
  func line(of path: String) -> Int {
    var path = Substring(path)
    while !path.isEmpty {
      if let line = lineByPath[String(path)] { return line }
      path = path.lastIndex { $0 == "." || $0 == "[" }.map { path[..<$0] } ?? ""
    }
    return 1
  }

  /// Notes the head of a table: `[path]`.
  mutating func enterTable(_ path: String, _ number: Int) {
    table = numbered(path) + "."
    lineByPath[String(table.dropLast())] = number
  }

  /// Notes the head of a table of a list: `[[path]]`.
  mutating func enterList(_ name: String, _ number: Int) {
    let name = numbered(name)
    let count = countByList[name, default: 0] + 1
    countByList[name] = count
    if count == 1 { lineByPath[name] = number }
    table = "\(name)[\(count)]."
    lineByPath["\(name)[\(count)]"] = number
  }

  /// A path whose lists stand for their last table, as in the head of a table within one.
  private func numbered(_ path: String) -> String {
    guard let dot = path.lastIndex(of: ".") else { return path }
    let outer = numbered(String(path[..<dot]))
    return (countByList[outer].map { "\(outer)[\($0)]" } ?? outer) + path[dot...]
  }

  /// Notes a dotted key, and the tables that it names on the way, and returns its path.
  @discardableResult
  mutating func note(_ key: String, _ number: Int) -> String {
    var path = ""
    for part in key.split(separator: ".") {
      path += path.isEmpty ? part : ".\(part)"
      note(path: table + path, number)
    }
    return table + path
  }

  /// Notes what stands within the value of a key, by its whole path.
  mutating func note(path: String, _ number: Int) {
    if lineByPath[path] == nil { lineByPath[path] = number }
  }
}
