import Foundation
import Messages
import Testing

/// What callers, scripts and dashboards rely on: nothing that is recorded in `Interface` may go, and what is new is
/// recorded there.
@Suite struct InterfaceTests {
  private func recorded(_ file: String) throws -> Set<String> {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Interface")
    let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    return Set(text.split(separator: "\n").map(String.init))
  }

  private func compare(_ found: Set<String>, _ file: String) throws {
    let recorded = try recorded(file)
    #expect(recorded.subtracting(found).sorted() == [], "gone from the program, but in \(file)")
    #expect(found.subtracting(recorded).sorted() == [], "new: add it to \(file)")
  }

  // MARK: Messages

  @Test func messages() throws {
    let files = MessageFiles.descriptors.values.map { Descriptor($0) }
    try compare(Set(files.flatMap(\.fileLines)), "messages.txt")
  }

  // MARK: The command line

  @Test(.enabled(if: Program.path != nil, "\(Program.hint)")) func flags() throws {
    struct Help: Decodable {
      struct Name: Decodable {
        let kind, name: String
      }
      struct Argument: Decodable {
        let kind: String
        let names: [Name]?
      }
      struct Command: Decodable {
        let commandName: String
        let arguments: [Argument]?
        let subcommands: [Command]?

        func lines(after path: String) -> [String] {
          let path = path + commandName
          let named = (arguments ?? []).flatMap { $0.names ?? [] }
            .map { "\(path) \($0.kind == "long" ? "--" : "-")\($0.name)" }
          let places = (arguments ?? []).filter { $0.kind == "positional" }.indices.map { "\(path) <\($0 + 1)>" }
          let below = (subcommands ?? []).filter { $0.commandName != "help" }.flatMap { $0.lines(after: path + " ") }
          return [path] + named + places + below
        }
      }
      let command: Command
    }
    let dump = try Program.run("--experimental-dump-help").output
    try compare(
      Set(try JSONDecoder().decode(Help.self, from: Data(dump.utf8)).command.lines(after: "")), "flags.txt")
  }

  @Test(.enabled(if: Program.path != nil, "\(Program.hint)")) func configurationKeys() throws {
    var (keys, section): (Set<String>, String) = ([], "")
    for line in try Program.run("config", "example").output.split(separator: "\n") {
      if let head = line.wholeMatch(of: #/#?\[(.+)\]/#) { section = "\(head.1)." }
      if let key = line.prefixMatch(of: #/#?("[^"]*"|\w+) = /#) { keys.insert(section + key.1) }
    }
    try compare(keys, "configuration.txt")
  }

  // MARK: What a server and the tools print

  /// Keys and metrics that appear in a short story; what else there is depends on what happens.
  @Test(.enabled(if: Program.path != nil, "\(Program.hint)")) func keysAndMetrics() throws {
    let story = try PrintedStory.shared.get()
    let keys = try recorded("keys.txt").subtracting(story.keys).sorted()
    #expect(keys == [], "keys that are printed no more")
    let metrics = try recorded("metrics.txt").subtracting(story.metrics).sorted()
    #expect(metrics == [], "metrics that are gone")
  }
}

/// The fields of a message of `descriptor.proto`, read by hand: what it says must not depend on our own reader.
private struct Descriptor {
  private var numbers: [Int: UInt64] = [:]
  private var parts: [Int: [ArraySlice<UInt8>]] = [:]

  init(_ bytes: some Collection<UInt8>) {
    var rest = ArraySlice(Array(bytes))
    func varint() -> UInt64 {
      var (value, shift): (UInt64, UInt64) = (0, 0)
      while let byte = rest.popFirst() {
        value |= UInt64(byte & 127) << shift
        if byte < 128 { break }
        shift += 7
      }
      return value
    }
    while !rest.isEmpty {
      let tag = varint()
      let number = Int(tag >> 3)
      if tag & 7 == 0 {
        numbers[number] = varint()
      } else {
        let length = Int(varint())
        parts[number, default: []].append(rest.prefix(length))
        rest = rest.dropFirst(length)
      }
    }
  }

  private func text(_ number: Int) -> String { String(decoding: parts[number]?.last ?? [], as: UTF8.self) }
  private func list(_ number: Int) -> [Descriptor] { (parts[number] ?? []).map { Descriptor($0) } }
  private func number(_ number: Int) -> UInt64 { numbers[number] ?? 0 }

  /// Messages, enums and services of a file.
  var fileLines: [String] {
    let package = text(2)
    let services = list(6).flatMap { service in
      service.list(2).map { method in
        let (question, answer) = (method.number(5) == 1 ? "stream " : "", method.number(6) == 1 ? "stream " : "")
        return "\(package).\(service.text(1))/\(method.text(1)) \(question)\(method.text(2)) \(answer)\(method.text(3))"
      }
    }
    return list(4).flatMap { $0.messageLines(package) } + list(5).flatMap { $0.enumLines(package) } + services
  }

  private func messageLines(_ scope: String) -> [String] {
    let name = "\(scope).\(text(1))"
    let groups = list(8).map { $0.text(1) }
    let fields = list(2).map { field in
      // An optional field has a group of its own, which is nobody's business.
      let group = field.numbers[9].flatMap { field.number(17) == 1 ? nil : " of \(groups[Int($0)])" } ?? ""
      let label = field.number(17) == 1 ? "optional" : field.number(4) == 3 ? "repeated" : "single"
      return "\(name).\(field.text(1)) = \(field.number(3)) \(label) \(field.number(5))\(field.text(6))\(group)"
    }
    return [name] + fields + list(3).flatMap { $0.messageLines(name) } + list(4).flatMap { $0.enumLines(name) }
  }

  private func enumLines(_ scope: String) -> [String] {
    list(2).map { "\(scope).\(text(1)).\($0.text(1)) = \($0.number(2))" }
  }
}
