import API
import Feeds
import Foundation
import Geometry
import Traffic

extension FuzzDoor {
  /// Feeds of traffic centres, one door for each format.
  static let feeds: [FuzzDoor] = FeedFormat.allCases.map { format in
    FuzzDoor(
      "feed-\(format.rawValue)", dictionary: words(of: format), samples: { try feedSamples(of: format) },
      run: { bytes in
        let reader = FeedReader(format: format, source: "s", options: FeedOptions(speedAgeSecondsMax: 600))
        guard let content = try? reader.read(Data(bytes), at: Date(timeIntervalSince1970: 0)) else { return }
        try check(content)
      })
  }

  private static func words(of format: FeedFormat) -> [String] {
    let json = ["null", "[]", "{}", "-1", "1e999", "\"\"", "\\u0000", "1e308", "true", "\"NaN\"", "[[", "-0"]
    switch format {
    case .osrmSpeeds, .osrmTurns: return [",", "\n", "nan", "inf", "1e999", "9223372036854775807", "-1", "\r\n"]
    case .cifs: return json + ["<incident id=\"a\">", "</incident>", "<!DOCTYPE a>", "23:59", "&#0;", "<monday>"]
    case .have:
      return [
        "<Hospital>", "</Hospital>", "<!DOCTYPE a>", "&#0;", "<BedType>", "<pos>1 2</pos>", "ID=\"a\"", "<a><a><a>",
        "-1",
      ]
    default: return json
    }
  }

  /// The samples of the tests of feeds that are short.
  private static func feedSamples(of format: FeedFormat) throws -> [[UInt8]] {
    let beginning: String =
      switch format {
      case .osrmSpeeds, .osrmTurns: format.rawValue
      case .cifs: "cifs"
      case .wzdx: "wzdx-scenario"
      case .itsEvents, .itsSpeeds, .have: format.rawValue
      }
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("FeedsTests/Samples")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasPrefix(beginning) }
      .map { [UInt8](try Data(contentsOf: folder.appendingPathComponent($0))) }.filter { $0.count < 6_000 }
  }

  private static func check(_ content: FeedContent) throws {
    let used = content.recordCount - content.idleCount - content.skippedCount
    let given = content.closures.count + content.speeds.count + content.turnPenalties.count + content.hospitals.count
    try promise(used >= 0 && given >= used, "every record that is used gives something")
    try promise(Set(content.closures.map(\.id)).count == content.closures.count, "ids are given once")
    try promise(Set(content.hospitals.map(\.id)).count == content.hospitals.count, "hospitals are given once")
    try promise(
      content.hospitals.allSatisfy { !$0.id.isEmpty && $0.reportedAt != nil }, "hospitals have an id and a time")
    try promise(content.speeds.allSatisfy { (0...1_000).contains($0.kmh) }, "speeds are speeds")
    try promise(content.turnPenalties.allSatisfy { $0.seconds >= 0 && $0.seconds.isFinite }, "times are times")
    for closure in content.closures { try check(closure) }
  }

  private static func check(_ closure: RoadClosure) throws {
    let places: [Coordinate] =
      switch closure.selector {
      case .polyline(let line, _): line
      case .nearest(let place, _, _): [place]
      default: []
      }
    try promise(
      places.allSatisfy { abs($0.latitude) <= 90 && abs($0.longitude) <= 180 }, "\(closure.id): places on earth")
    switch closure.effect {
    case .closed: break
    case .factor(let number), .delay(let number), .speed(let number):
      try promise(number.isFinite && number >= 0, "\(closure.id): an effect of \(number)")
    }
  }
}
