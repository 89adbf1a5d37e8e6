import Foundation
import TestSupport

/// A document of the repository, for people: its prose, its code blocks and its links.
struct Document {
  /// Relative to the root of the package: `Sources/Map/README.md`.
  let path: String
  let text: String

  /// All documents; empty outside a git work tree.
  static let all: [Document] = (SourceTree.gitFiles() ?? []).filter { $0.hasSuffix(".md") }
    .compactMap { path in SourceTree.read(path).map { Document(path: path, text: $0) } }

  /// `Sources/Map` for `Sources/Map/README.md`, empty for one at the top.
  var folder: String { path.split(separator: "/").dropLast().joined(separator: "/") }

  /// The document without its code blocks, and the lines of its blocks by language, empty if a block names none.
  private var parts: (prose: String, blocks: [(language: String, lines: [String])]) {
    var (prose, blocks): ([Substring], [(String, [String])]) = ([], [])
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isInside.toggle()
        if isInside { blocks.append((String(line.dropFirst(3)), [])) }
      } else if isInside {
        blocks[blocks.count - 1].1.append(String(line))
      } else {
        prose.append(line)
      }
    }
    return (prose.joined(separator: "\n"), blocks)
  }

  /// What stands between backticks in the prose.
  var quoted: [String] { parts.prose.matches(of: /`([^`\n]+)`/).map { String($0.1) } }

  /// Where the prose links to within the repository, as file, empty for the document itself, and heading.
  var links: [(file: String, heading: String?)] {
    parts.prose.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }.filter { !$0.contains("://") }.map { target in
      let halves = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return (halves[0], halves.count > 1 ? halves[1] : nil)
    }
  }

  /// The names by which headings are linked: lower case, without punctuation, hyphens for spaces.
  var headings: Set<String> {
    Set(
      parts.prose.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
        line.drop { $0 == "#" || $0 == " " }.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
          .replacing(" ", with: "-")
      })
  }

  /// What a reader would type: the lines of `sh` blocks, and those of `console` blocks behind a `$`.
  var commandLines: [String] {
    parts.blocks.flatMap { block -> [String] in
      switch block.language {
      case "sh": block.lines
      case "console": block.lines.filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) }
      default: []
      }
    }
  }
}

/// A line of a shell, cut into commands and words as far as documents need it.
struct ShellLine {
  /// The words of each command, without assignments before it, redirections and comments.
  let commands: [[String]]

  init(_ text: String) {
    var (words, commands): ([String], [[String]]) = ([], [])
    let word = /"[^"]*"|'[^']*'|&&|[|;&()]|>>?|<|(?:[^\s"'|;&()<>]|"[^"]*"|'[^']*')+|\s#.*/
    for match in (" " + text).matches(of: word).map({ String($0.0) }) {
      if match.contains(/^\s#/) { break }
      if match.contains(/^(&&|[|;&()])$/) {
        commands.append(words)
        words = []
      } else {
        words.append(match)
      }
    }
    self.commands = (commands + [words]).map { words in
      Array(words.drop { $0.contains(/^[A-Z_]+=/) || $0 == "until" || $0 == "do" }.prefix { !$0.contains(/^(>>?|<)$/) })
    }
    .filter { !$0.isEmpty }
  }
}

/// The commands and flags of the built program, as it tells them.
struct CommandHelp: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String
    }
    var names: [Name]?
  }
  private struct Root: Decodable { var command: CommandHelp }

  var commandName: String
  var arguments: [Argument]?
  var subcommands: [CommandHelp]?

  private var flags: Set<String> {
    Set((arguments ?? []).flatMap { $0.names ?? [] }.map { ($0.kind == "long" ? "--" : "-") + $0.name })
  }

  /// What the program says of itself.
  static func ofProgram() throws -> CommandHelp {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: BuiltProgram.path ?? "/nowhere")
    process.arguments = ["--experimental-dump-help"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode(Root.self, from: bytes).command
  }

  /// What these words, behind the command's own name, say that there is not: a command, or flags of one.
  func unknown(in words: ArraySlice<String>) -> [String] {
    if let first = words.first, let subcommands, !subcommands.isEmpty, !first.hasPrefix("-") {
      guard let command = subcommands.first(where: { $0.commandName == first }) else {
        return first.contains(/^[a-z]/) ? [first] : []
      }
      return command.unknown(in: words.dropFirst())
    }
    return words.filter { $0.contains(/^-[-a-z]/) }.map { String($0.prefix { $0 != "=" }) }
      .filter { !flags.contains($0) }
  }
}
