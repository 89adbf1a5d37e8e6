import Foundation
import MessageJSON
import Messages
import TestSupport
import Testing

/// Messages of every kind equal what Python's protobuf makes of them, both ways.
///
/// `TOCSIN_JSON_MESSAGES` is how many random ones of each kind there are: 20 unless it is set, 1,000 by hand.
@Suite(.enabled(if: Kinds.missing == nil, "\(Kinds.missing ?? "")")) struct PythonTests {
  private static let count =
    ProcessInfo.processInfo.environment["TOCSIN_JSON_MESSAGES"].flatMap { Int($0) } ?? 20

  @Test func tocsinsMessages() throws {
    let file = try #require(MessageFiles.descriptors["tocsin.proto"])
    let messages = TestScript.package.appendingPathComponent("Sources/Foreign/CMessages").path
    try expectEqual("tocsin", from: messages, MessageSchemas(file: file), count: Self.count)
  }

  @Test func everyKind() throws {
    try expectEqual("kinds", from: Kinds.folder, Kinds.schemas.get(), count: Self.count * 10)
  }

  private func expectEqual(_ name: String, from source: String, _ schemas: MessageSchemas, count: Int) throws {
    let folder = TemporaryFolder()
    _ = try Kinds.generate(name, from: source, to: folder)
    let script = [Kinds.folder + "/message_json.py", folder.path(""), name + "_pb2"]
    let made = try TestScript.run(TestScript.python, script + ["make", folder.path(""), "\(count)"])
    #expect(made == "done\n")
    var written = ""
    for line in String(decoding: try folder.contents("made"), as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      let schema = try #require(schemas[String(parts[0])])
      // What Python wrote, read here, and what Python has, written here: Python says whether they are the same.
      let read = try MessageJSONReader.bytes(of: parts[2].utf8, schema, in: schemas)
      let json = try MessageJSONWriter.json(of: Self.bytes(parts[1]), schema, in: schemas)
      written += "\(parts[0])\t\(Self.hex(read))\t\(String(decoding: json, as: UTF8.self))\n"
    }
    #expect(!written.isEmpty)
    try Data(written.utf8).write(to: folder.url("written"))
    #expect(try TestScript.run(TestScript.python, script + ["check", folder.path("")]) == "done\n")
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private static func bytes(_ hex: Substring) -> [UInt8] {
    func value(_ digit: UInt8) -> UInt8 { digit < UInt8(ascii: "a") ? digit - 0x30 : digit - UInt8(ascii: "a") + 10 }
    let digits = Array(hex.utf8)
    return stride(from: 0, to: digits.count, by: 2).map { value(digits[$0]) << 4 | value(digits[$0 + 1]) }
  }
}
