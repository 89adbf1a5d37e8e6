import Foundation
import TestSupport
import Testing

/// Documents are short, and what they name exists.
@Suite(.enabled(if: !Document.all.isEmpty, "not a git work tree"))
struct DocumentTests {
  @Test(arguments: [("README.md", 12_288), ("Bench/README.md", 20_480)])
  func isShort(_ path: String, _ bytesMax: Int) throws {
    let text = try #require(SourceTree.read(path))
    #expect(text.utf8.count <= bytesMax, "\(path) has \(text.utf8.count) bytes")
  }

  @Test func linksLead() throws {
    for document in Document.all {
      for link in document.links {
        let target = link.file.isEmpty ? document.path : Self.path(link.file, from: document.folder)
        guard Self.exists(target) else {
          Issue.record("\(document.path): \(link.file) does not exist")
          continue
        }
        guard let heading = link.heading else { continue }
        let headings = Document.all.first { $0.path == target }?.headings ?? []
        #expect(headings.contains(heading), "\(document.path): \(target) has no heading \(heading)")
      }
    }
  }

  @Test func pathsExist() {
    for document in Document.all {
      for path in document.quoted + document.commandLines.flatMap({ ShellLine($0).commands.joined() }) {
        if let missing = Self.missing(path, in: document) { Issue.record("\(document.path): \(missing)") }
      }
    }
  }

  @Test(.enabled(if: BuiltProgram.path != nil, "\(BuiltProgram.hint)"))
  func commandsExist() throws {
    let help = try CommandHelp.ofProgram()
    for document in Document.all {
      for line in document.commandLines + document.quoted.filter({ $0.hasPrefix("tocsin ") }) {
        for command in ShellLine(line).commands where command.first == "tocsin" {
          let unknown = help.unknown(in: command.dropFirst())
          #expect(unknown.isEmpty, "\(document.path): \(line)")
        }
      }
    }
  }

  /// The architecture names each module, in its room.
  @Test func modulesAreListed() throws {
    let text = try #require(SourceTree.read("Sources/README.md"))
    let rooms = text.split(separator: "| **").dropFirst()
    for module in Set(SourceTree.files.filter { $0.module != nil }.map { $0.path.split(separator: "/").prefix(3) }) {
      let room = rooms.first { $0.hasPrefix("\(module[1])**") }
      #expect(room?.contains("`\(module[2])`") == true, "\(module.joined(separator: "/"))")
    }
  }

  /// The table of the map file names each section that is written.
  @Test func sectionsAreListed() throws {
    let text = try #require(SourceTree.read("Sources/Map/README.md"))
    let written = SourceTree.swiftSources.flatMap { file in
      file.text.matches(of: /(?:add\(|= )"((?:road|import|hierarchy)\.[a-z-]+)"/).map { String($0.1) }
    }
    #expect(written.contains("road.vertex-coordinates"))
    for section in written { #expect(text.contains("`\(section)"), "\(section)") }
  }

  /// The table of methods is that of the messages.
  @Test func methodsAreListed() throws {
    let messages = try #require(SourceTree.read("Sources/Foreign/CMessages/tocsin.proto"))
    let document = try #require(SourceTree.read("Sources/Server/README.md"))
    let services = messages.matches(of: /\nservice (\w+) \{(.*?)\n\}/.dotMatchesNewlines())
    #expect(services.count >= 4)
    for service in services {
      let row = document.split(separator: "\n").first { $0.hasPrefix("| `tocsin.v1.\(service.1)` |") } ?? ""
      let listed = row.matches(of: /`(\w+)`/).map(\.1)
      #expect(Set(listed) == Set(service.2.matches(of: /rpc (\w+)/).map(\.1)), "\(service.1)")
    }
  }

  /// The changelog's first row tells the versions of today.
  @Test func versionsAreThose() throws {
    func version(_ path: String) throws -> Substring {
      try #require(SourceTree.read(path)?.firstMatch(of: /static let version[^=]*= "?([0-9.]+)/)?.1)
    }
    let row =
      try "| \(version("Sources/Program/tocsin/Tocsin.swift")) (`tocsin --version`)"
      + " | format \(version("Sources/Map/MapFile/MapFileFormat.swift"))"
      + " | format \(version("Sources/Engine/LedgerFile/LedgerSchema.swift")) | `tocsin.v1` |"
    #expect(SourceTree.read(".packaging/README.md")?.contains(row) == true, "\(row)")
  }

  @Test func findsWhatIsNotThere() {
    let document = Document(
      path: "Sources/README.md",
      text:
        "`Map/Nowhere` `Nowhere.swift` `a/b` [x](Map/README.md#no-one)\n## A `b` c, d\n```sh\ntocsin fly --high # -x\n```"
    )
    #expect(document.quoted.compactMap { Self.missing($0, in: document) } == ["Map/Nowhere", "Nowhere.swift"])
    #expect(document.links.map(\.file) == ["Map/README.md"] && document.links.first?.heading == "no-one")
    #expect(document.headings == ["a-b-c-d"])
    #expect(document.commandLines == ["tocsin fly --high # -x"])
    let line = ShellLine("A=1 tocsin route --at 'a b' > x && until tocsin health 2> y; do sleep 1; done | wc # -l")
    #expect(line.commands.prefix(2) == [["tocsin", "route", "--at", "'a b'"], ["tocsin", "health", "2"]])
    let name = CommandHelp.Argument.Name(kind: "long", name: "low")
    let fly = CommandHelp(commandName: "fly", arguments: [.init(names: [name])])
    let help = CommandHelp(commandName: "tocsin", subcommands: [fly])
    #expect(help.unknown(in: ["fly", "--low=1", "--high"]) == ["--high"])
    #expect(help.unknown(in: ["swim"]) == ["swim"])
  }

  /// A path as links write it, from the root: `Map/../x` for `x`.
  private static func path(_ link: String, from folder: String) -> String {
    var parts: [Substring] = []
    for part in "\(folder)/\(link)".split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: SourceTree.root.appendingPathComponent(path).path)
  }

  private static let names = Set((SourceTree.gitFiles() ?? []).compactMap { $0.split(separator: "/").last })

  /// A word that looks like a path of the repository, from its root or the document's folder, or like the name of a
  /// source file, and is none; `nil` for any other word.
  private static func missing(_ word: String, in document: Document) -> String? {
    if word.contains(/^[\w+]+\.(swift|proto|cpp|h|py)$/) { return names.contains(word[...]) ? nil : word }
    guard let first = word.firstMatch(of: /^([\w.]+)\/[\w.+\/-]+$/)?.1, first != ".build", first != "." else {
      return nil
    }
    let candidates = ["", document.folder].filter { exists(path(String(first), from: $0)) }
    if candidates.isEmpty || candidates.contains(where: { exists(path(word, from: $0)) }) { return nil }
    return word
  }
}
