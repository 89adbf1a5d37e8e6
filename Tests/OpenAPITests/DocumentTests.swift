import Foundation
import MessageJSON
import Messages
import OpenAPIPages
import TestSupport
import Testing
import WebPages

@Suite struct OpenAPIDocumentTests {
  private static func document(_ folders: [any PageFolder] = []) throws -> PageAnswer {
    let reply = OpenAPIFolder(version: "1.2.3", folders: folders).reply(to: PageRequest(path: []))
    let answer: PageAnswer? = if case .answer(let answer) = reply { answer } else { nil }
    return try #require(answer)
  }

  private static func parsed(_ folders: [any PageFolder] = []) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(document(folders).body)) as? [String: Any])
  }

  @Test func tellsOfAllMethods() throws {
    let paths = try #require(Self.parsed()["paths"] as? [String: [String: [String: Any]]])
    #expect(Set(paths.keys) == Set(ServiceMethods.all.map { "/\($0.name)" }).union(["/openapi.json"]))
    for method in ServiceMethods.all {
      let item = try #require(paths["/\(method.name)"])
      // What changes something is never asked by an address alone.
      #expect(Set(item.keys) == (method.changesNothing ? ["get", "post"] : ["post"]), "\(method.name)")
      let content = (item["post"]?["requestBody"] as? [String: Any])?["content"] as? [String: Any]
      #expect(content?["application/json"] != nil, "\(method.name)")
      let isStream = method.answers == .stream || method.requests == .stream
      #expect((content?["application/connect+json"] != nil) == isStream, "\(method.name)")
    }
  }

  @Test func saysWhatCommentsSay() throws {
    let text = String(decoding: try Self.document().body, as: UTF8.self)
    #expect(text.contains("WGS 84, degrees: latitude -90 to 90, longitude -180 to 180."))
    #expect(text.contains("Refused: the status of a unit is never guessed."))
    #expect(text.contains(#""version":"1.2.3""#))
  }

  /// Pages of others, as they describe themselves.
  @Test func tellsOfPages() throws {
    struct Pages: PageFolder {
      let path = ["a"]
      func reply(to request: PageRequest) -> PageReply { .answer(PageAnswer(contentType: "text/plain", body: [])) }
      let descriptions = [
        PageDescription(
          "/a/{b}", group: "Letters", title: "A letter",
          parameters: [.init("b", in: .path, "Which."), .init("c", in: .query, "How many.", kind: .whole)],
          answers: [.init(200, "text/plain", "It."), .init(404, nil, "None.")])
      ]
    }
    let item = try #require((Self.parsed([Pages()])["paths"] as? [String: Any])?["/a/{b}"] as? [String: [String: Any]])
    let parameters = try #require(item["get"]?["parameters"] as? [[String: Any]])
    #expect(parameters.map { $0["name"] as? String } == ["b", "c"])
    #expect(parameters.map { $0["required"] as? Bool } == [true, false])
    #expect(Set(try #require(item["get"]?["responses"] as? [String: Any]).keys) == ["200", "404"])
    #expect(try Self.document([Pages()]).tag != Self.document().tag)
  }

  @Test func isAtOneAddress() throws {
    let folder = OpenAPIFolder(version: "1")
    #expect(folder.path == ["openapi.json"])
    guard case .answer(let answer) = folder.reply(to: PageRequest(path: ["x"])) else {
      Issue.record("there is a call")
      return
    }
    #expect(answer.status == 404)
    #expect(try Self.document().tag == Self.document().tag)
  }

  private static let missing = TestScript.missing(modules: ["openapi_spec_validator"])

  /// Other programs read it, and messages are what it says of them.
  @Test(.enabled(if: missing == nil, "\(missing ?? "")")) func isOpenAPI() throws {
    let folder = TemporaryFolder()
    try Data(Self.document().body).write(to: folder.url("openapi.json"))
    let schemas = try MessageSchemas(file: #require(MessageFiles.descriptors["tocsin.proto"]))
    var lines: [String] = []
    for sample in MethodSample.all {
      let method = try #require(schemas.method(sample.method.name))
      for (schema, bytes) in [(method.request, sample.request), (method.answer, sample.answer)] {
        let json = try MessageJSONWriter.json(of: bytes, schema, in: schemas)
        lines.append("\(schema.name)\t\(String(decoding: json, as: UTF8.self))\n")
      }
    }
    try Data(lines.joined().utf8).write(to: folder.url("messages"))
    let script = TestScript.package.appendingPathComponent("Tests/OpenAPITests/Python/check_openapi.py").path
    #expect(try TestScript.run(TestScript.python, [script, folder.path("")]) == "\(lines.count)\n")
  }
}
