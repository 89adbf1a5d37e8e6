import Foundation
import Logging
import Synchronization
import Testing

@testable import Monitoring

/// A log that programs read.
@Suite struct JSONLogTests {
  private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
  }

  private static func logged(_ body: (inout Logger) -> Void) -> [String] {
    let lines = Lines()
    var logger = Logger(label: "tocsin") { label in
      JSONLogHandler(label: label, output: LogOutput { lines.add($0) }) {
        Date(timeIntervalSince1970: 1_772_366_400.007)
      }
    }
    body(&logger)
    return lines.all
  }

  @Test func writesOneObjectALine() {
    let lines = Self.logged { logger in
      logger[metadataKey: "server"] = "a"
      logger.info("ready", metadata: ["version": "12", "units": .stringConvertible(3)])
      logger.debug("not shown")
      logger.warning("two\nlines")
    }
    #expect(
      lines == [
        #"{"time":"2026-03-01T12:00:00.007Z","level":"info","label":"tocsin","message":"ready","#
          + #""server":"a","units":"3","version":"12"}"# + "\n",
        #"{"time":"2026-03-01T12:00:00.007Z","level":"warning","label":"tocsin","message":"two\nlines","#
          + #""server":"a"}"# + "\n",
      ])
  }

  @Test func flattensMetadata() {
    let flat = JSONLogHandler.flattened([
      "place": ["lat": "37.5", "road": ["name": "Sejong-daero"]], "codes": ["OFF_MAP", ["x": "y"]],
      "time": "mine", "metadata.time": "mine too", "none": [],
    ])
    let pairs = flat.map { "\($0.0)=\($0.1)" }
    #expect(
      pairs == [
        "codes.0=OFF_MAP", "codes.1.x=y", "metadata.metadata.time=mine too", "metadata.time=mine", "place.lat=37.5",
        "place.road.name=Sejong-daero",
      ])
  }

  @Test func anyBytesAreJSON() throws {
    let bytes = Array(0...255).map(UInt8.init)
    let text = String(decoding: bytes, as: UTF8.self) + "\u{2028}\u{1F692}\"\\"
    let line = Self.logged { $0.error("\(text)", metadata: ["\(text)": "\(text)"]) }[0]
    #expect(line.unicodeScalars.dropLast().allSatisfy { $0.value >= 0x20 && $0 != "\u{2028}" && $0 != "\u{85}" })
    let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
    #expect(object["message"] == text)
    #expect(object[text] == text)
    #expect(object.count == 5)
  }

  @Test(arguments: [
    (0.0, "1970-01-01T00:00:00.000Z"), (1_709_164_799.9996, "2024-02-29T00:00:00.000Z"),
    (1_709_164_799.999, "2024-02-28T23:59:59.999Z"), (-0.001, "1969-12-31T23:59:59.999Z"),
  ])
  func writesTimesInUTC(_ seconds: Double, _ text: String) {
    #expect(JSONLogHandler.time(Date(timeIntervalSince1970: seconds)) == text)
  }

  @Test func saysTheError() {
    struct Broken: Error, CustomStringConvertible { var description: String { "BROKEN: so" } }
    let line = Self.logged { $0.error("failed", error: Broken()) }[0]
    #expect(line.contains(#""error":"BROKEN: so""#))
  }
}
