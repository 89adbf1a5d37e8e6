import Foundation
import MessageJSON
import TestSupport
import Testing

/// The messages of `Python/kinds.proto`, which have every kind of field.
enum Kinds {
  static let missing = TestScript.missing(
    programs: [TestScript.protoc, TestScript.python], modules: ["google.protobuf"])

  static let folder = TestScript.package.appendingPathComponent("Tests/MessageJSONTests/Python").path

  /// What protoc makes of a folder's file: Python's module, and the descriptor with the comments.
  static func generate(_ name: String, from source: String, to folder: TemporaryFolder) throws -> [UInt8] {
    _ = try TestScript.run(
      TestScript.protoc,
      [
        "--proto_path=\(source)", "--python_out=\(folder.path(""))", "--include_source_info",
        "--descriptor_set_out=\(folder.path("set"))", "\(name).proto",
      ])
    // A set of one file: a tag and a length, which is a varint, before the file.
    let set = try folder.contents("set").dropFirst()
    return Array(set.dropFirst(set.prefix { $0 >= 0x80 }.count + 1))
  }

  static let schemas: Result<MessageSchemas, any Error> = Result {
    try MessageSchemas(file: generate("kinds", from: folder, to: TemporaryFolder()))
  }

  /// The bytes that a text means, as a message with a field of each kind.
  static func read(_ json: String) throws -> [UInt8] {
    let schemas = try schemas.get()
    return try MessageJSONReader.bytes(of: json.utf8, #require(schemas["kinds.Everything"]), in: schemas)
  }

  static func write(_ bytes: [UInt8]) throws -> String {
    let schemas = try schemas.get()
    return String(
      decoding: try MessageJSONWriter.json(of: bytes, #require(schemas["kinds.Everything"]), in: schemas), as: UTF8.self
    )
  }

  /// The message that a text means, as it is written.
  static func rewritten(_ json: String) throws -> String { try write(read(json)) }

  /// Why a text is refused.
  static func refusal(_ json: [UInt8]) throws -> MessageJSONError? {
    let schemas = try schemas.get()
    let schema = try #require(schemas["kinds.Everything"])
    do {
      _ = try MessageJSONReader.bytes(of: json, schema, in: schemas)
      return nil
    } catch {
      return error
    }
  }

  static func refusal(_ json: String) throws -> MessageJSONError? { try refusal(Array(json.utf8)) }
}
