/// Where the keys of a TOML text stand, for error messages: the parser tells lines of syntax errors only.
///
/// Paths are dotted (`turns.left_seconds`); the tables of a list are numbered from 1 (`way[2].speed_kmh`). A key within
/// an inline table stands where the table begins. The text has been parsed before, so what this reader doesn't
/// understand can't be wrong, only on a line that it passes over.
public struct TOMLLines: Sendable {
  private var lineByPath: [String: Int] = [:]
  private var countByList: [String: Int] = [:]
  /// Path of the table whose keys are being read, with a dot at its end; empty at the top.
  private var table = ""
  private var open = OpenValue()

  /// Reads a text. O(text).
  public init(_ text: String) {
    // A line's end as Windows writes it is one character.
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in lines.enumerated() {
      read(line, number: index + 1)
    }
  }

  /// The line of a path, or of the nearest table around it; 1 if there is none.
  public func line(of path: String) -> Int {
    var path = Substring(path)
    while !path.isEmpty {
      if let line = lineByPath[String(path)] { return line }
      path = path.lastIndex { $0 == "." || $0 == "[" }.map { path[..<$0] } ?? ""
    }
    return 1
  }

  private mutating func read(_ line: Substring, number: Int) {
    if open.isOpen { return open.read(line) }
    let content = line.drop { $0 == " " || $0 == "\t" }
    if content.hasPrefix("[[") {
      enterList(Self.path(content.dropFirst(2)).text, number)
    } else if content.hasPrefix("[") {
      let path = Self.path(content.dropFirst()).text
      table = numbered(path) + "."
      lineByPath[String(table.dropLast())] = number
    } else if !content.isEmpty, !content.hasPrefix("#") {
      let (key, rest) = Self.path(content)
      note(key, number)
      open.read(rest)
    }
  }

  private mutating func enterList(_ name: String, _ number: Int) {
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

  /// Notes a dotted key, and the tables that it names on the way.
  private mutating func note(_ key: String, _ number: Int) {
    var path = ""
    for part in key.split(separator: ".") {
      path += path.isEmpty ? part : ".\(part)"
      if lineByPath[table + path] == nil { lineByPath[table + path] = number }
    }
  }

  /// The dotted key at the start of a line, quotes taken off, and what follows it.
  private static func path(_ line: Substring) -> (text: String, rest: Substring) {
    var text = ""
    var quote: Character?
    var index = line.startIndex
    while index < line.endIndex {
      let character = line[index]
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
      } else if quote == nil, character == "=" || character == "]" {
        break
      } else if quote != nil || character != " " && character != "\t" {
        text.append(character)
      }
      index = line.index(after: index)
    }
    return (text, line[index...].dropFirst())
  }
}

/// A value that goes on over several lines: a list, or a text in three quotes.
private struct OpenValue {
  private var depth = 0
  /// What ends the text in three quotes that is open.
  private var ending: String?

  var isOpen: Bool { depth > 0 || ending != nil }

  mutating func read(_ line: Substring) {
    var rest = line
    while let character = rest.first {
      if let ending {
        if rest.hasPrefix(ending) { close(&rest, ending) } else { rest = rest.dropFirst(character == "\\" ? 2 : 1) }
      } else if let quotes = ["\"\"\"", "'''"].first(where: rest.hasPrefix) {
        (ending, rest) = (quotes, rest.dropFirst(3))
      } else if character == "\"" || character == "'" {
        rest = Self.behindText(rest.dropFirst(), quote: character)
      } else if character == "#" {
        return
      } else {
        if character == "[" || character == "{" { depth += 1 }
        if character == "]" || character == "}" { depth -= 1 }
        rest = rest.dropFirst()
      }
    }
  }

  private mutating func close(_ rest: inout Substring, _ ending: String) {
    rest = rest.dropFirst(ending.count)
    self.ending = nil
  }

  private static func behindText(_ text: Substring, quote: Character) -> Substring {
    var rest = text
    while let character = rest.first, character != quote {
      rest = rest.dropFirst(character == "\\" && quote == "\"" ? 2 : 1)
    }
    return rest.dropFirst()
  }
}
