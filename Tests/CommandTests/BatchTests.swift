import Foundation
import TestSupport
import Testing

@testable import tocsin

/// Route requests, one a line.
@Suite struct BatchTests {
  private let map: TownMap
  private let engine: TestEngine

  init() throws {
    var town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F
      """)
    town.road("AB")
    town.road("BC")
    town.road("BE")
    map = town.map
    engine = try TestEngine(.text(opl: map.opl()))
  }

  private func place(_ letter: Character) -> String {
    "{\"lat\":\(map.coordinate(letter).latitude),\"lon\":\(map.coordinate(letter).longitude)}"
  }

  /// The place halfway between two junctions.
  private func middle(_ one: Character, _ other: Character) -> String {
    let place = map.middle(one, other)
    return "{\"lat\":\(place.latitude),\"lon\":\(place.longitude)}"
  }

  private func answer(_ line: String, profile: String? = nil) async throws -> [String: Any]? {
    let batch = Batch(router: { try engine.engine.route($0) }, profile: profile, detail: [.ways])
    guard let bytes = try await batch.answer(to: .text(Array(line.utf8))) else { return nil }
    #expect(bytes.last == UInt8(ascii: "\n") && bytes.count { $0 == UInt8(ascii: "\n") } == 1)
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  private func code(_ line: String) async throws -> String? {
    let answer = try await answer(line)
    #expect(answer?["ok"] as? Bool == false)
    #expect((answer?["message"] as? String)?.isEmpty == false)
    return answer?["code"] as? String
  }

  /// A place says on which levels its road lies.
  @Test func placesHaveLevels() async throws {
    func line(_ levels: String) -> String {
      let from = place("A").dropLast() + "," + levels + "}"
      return "{\"from\":\(from),\"to\":\(place("C")),\"profile\":\"plain\"}"
    }
    #expect(try await answer(line("\"layers\":[-1,0],\"bridges\":\"excluded\""))?["ok"] as? Bool == true)
    #expect(try await code(line("\"tunnels\":\"only\"")) == "OFF_MAP")
    #expect(try await code(line("\"layers\":[2,1]")) == "WRONG_TYPE")
    #expect(try await code(line("\"layers\":[]")) == "WRONG_TYPE")
    #expect(try await code(line("\"bridges\":\"perhaps\"")) == "WRONG_TYPE")
  }

  @Test func answersARoute() async throws {
    let found = try await answer("{\"from\":\(middle("A", "B")),\"to\":\(middle("B", "C")),\"profile\":\"plain\"}")
    let route = try #require(found)
    #expect(route["ok"] as? Bool == true)
    #expect(route["version"] as? Int == 1)
    // Four cells of 100 m at 10 m/s.
    #expect(abs((route["travelSeconds"] as? Double ?? 0) - 40) < 0.1)
    #expect(abs((route["lengthMeters"] as? Double ?? 0) - 400) < 1)
    let ways = try #require(route["ways"] as? [[String: Any]])
    #expect(ways.map { $0["name"] as? String } == ["AB", "BC"])
    #expect(ways.map { $0["id"] as? Int64 } == [TownMap.osmWay("AB"), TownMap.osmWay("BC")])
  }

  @Test func goesThroughPlacesOnTheWay() async throws {
    let there = "{\"from\":\(middle("A", "B")),\"via\":[\(middle("B", "C"))],\"to\":\(middle("C", "F"))}"
    let route = try #require(try await answer(there, profile: "plain"))
    #expect(route["ok"] as? Bool == true, "\(route)")
    #expect(abs((route["lengthMeters"] as? Double ?? 0) - 700) < 1)
    let ways = try #require(route["ways"] as? [[String: Any]])
    #expect(ways.map { $0["name"] as? String } == ["AB", "BC", "CF"])
  }

  @Test func refusesWithStableCodes() async throws {
    let (a, c) = (place("A"), place("C"))
    #expect(try await code("nonsense") == "INVALID_JSON")
    #expect(try await code("{\"from\":{\"lat\":NaN,\"lon\":1},\"to\":\(c),\"profile\":\"plain\"}") == "INVALID_JSON")
    #expect(try await code("[1]") == "WRONG_TYPE")
    #expect(try await code("{\"from\":{\"lat\":\"1\",\"lon\":1},\"to\":\(c),\"profile\":\"plain\"}") == "WRONG_TYPE")
    #expect(try await code("{\"from\":\(a),\"to\":null,\"profile\":\"plain\"}") == "WRONG_TYPE")
    #expect(try await code("{\"from\":\(a),\"profile\":\"plain\"}") == "MISSING_KEY")
    #expect(try await code("{\"from\":{\"lat\":1},\"to\":\(c),\"profile\":\"plain\"}") == "MISSING_KEY")
    #expect(try await code("{\"from\":\(a),\"to\":\(c)}") == "MISSING_KEY")
    let beyond = "{\"lat\":90.5,\"lon\":0}"
    #expect(try await code("{\"from\":\(beyond),\"to\":\(c),\"profile\":\"plain\"}") == "INVALID_COORDINATE")
    let heading = "{\"lat\":1,\"lon\":1,\"heading\":-1}"
    #expect(try await code("{\"from\":\(heading),\"to\":\(c),\"profile\":\"plain\"}") == "INVALID_HEADING")
    #expect(try await code("{\"from\":\(a),\"to\":\(c),\"profile\":\"tank\"}") == "UNKNOWN_PROFILE")
    let far = "{\"lat\":-60,\"lon\":0}"
    #expect(try await code("{\"from\":\(a),\"to\":\(far),\"profile\":\"plain\"}") == "OFF_MAP")
  }

  @Test func namesTheOffendingKey() async throws {
    let refusal = try await answer("{\"from\":\(place("A")),\"via\":[{\"lon\":1}],\"to\":\(place("C"))}")
    #expect(refusal?["value"] as? String == "via.0.lat")
  }

  @Test func passesOverEmptyLines() async throws {
    #expect(try await answer("") == nil)
    #expect(try await answer(" \t\r") == nil)
  }

  @Test func refusesLongLinesAndGoesOn() async throws {
    let pipe = Pipe()
    let good = "{\"from\":\(place("A")),\"to\":\(place("C")),\"profile\":\"plain\"}"
    let long = String(repeating: "x", count: Batch.lineBytesMax + 1)
    let writer = Thread {
      pipe.fileHandleForWriting.write(Data("\(good)\n\(long)\n\n\(good)".utf8))
      pipe.fileHandleForWriting.closeFile()
    }
    writer.start()
    var answers: [String] = []
    let batch = Batch(router: { try engine.engine.route($0) }, profile: nil, detail: [.ways])
    try await batch.run(input: pipe.fileHandleForReading.fileDescriptor) {
      answers.append(String(decoding: $0, as: UTF8.self))
    }
    try #require(answers.count == 3)
    #expect(answers[1].contains("\"LINE_TOO_LONG\""))
    #expect(answers[0] == answers[2])
    #expect(answers[0].contains("\"ok\":true"))
  }
}
