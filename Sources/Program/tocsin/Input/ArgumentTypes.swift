import API
import ArgumentParser
import Foundation
import Geometry
import InputFiles
import Messages

/// How the words of a command line become values. Each throws a `ValidationError` that names the value.
enum Parse {
  /// `LAT,LON` in degrees.
  static func coordinate(_ text: String) throws -> Coordinate {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { Double($0.trimmingCharacters(in: .whitespaces)) }
    guard parts.count == 2, let latitude = parts[0], let longitude = parts[1] else {
      throw ValidationError("'\(text)' is not LAT,LON in degrees, such as 37.5665,126.978")
    }
    guard let coordinate = Coordinate(latitude: latitude, longitude: longitude) else {
      throw ValidationError("'\(text)' is no place on earth: LAT is -90 to 90, LON is -180 to 180")
    }
    return coordinate
  }

  /// A span such as `1h30m`, in seconds.
  static func seconds(_ text: String) throws -> Double {
    guard let seconds = DurationText.seconds(text) else {
      throw ValidationError("'\(text)' is not a span of time such as 30s, 90m, 2h or 1h30m")
    }
    return seconds
  }

  /// A moment such as `2026-05-01T12:00:00Z`, or a span such as `2h` before `now`.
  static func moment(_ text: String, now: Date = Date()) throws -> Date {
    if let seconds = DurationText.seconds(text) { return now.addingTimeInterval(-seconds) }
    guard let moment = try? Date(text, strategy: .iso8601) else {
      throw ValidationError("'\(text)' is neither a moment such as 2026-05-01T12:00:00Z nor a span of time such as 2h")
    }
    return moment
  }

  static func address(_ text: String) throws -> ServerAddress {
    do {
      return try ServerAddress.parse(text)
    } catch {
      throw ValidationError("'\(text)' is not a server's address: \(error.message)")
    }
  }

  /// Values joined by commas: `available,returning`.
  static func statuses(_ text: String) throws -> [UnitStatus] {
    try list(text).map(status)
  }

  static func status(_ word: String) throws -> UnitStatus {
    guard let status = UnitStatus(rawValue: word) else {
      let known = UnitStatus.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("'\(word)' is not a status; known are \(known)")
    }
    return status
  }

  /// An IANA name: `Asia/Seoul`.
  static func timeZone(_ text: String) throws -> TimeZone {
    guard let timeZone = TimeZone(identifier: text) else {
      throw ValidationError("'\(text)' is not a time zone; names are like Asia/Seoul or Europe/Rome")
    }
    return timeZone
  }

  static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// A unit and where it is thought to stand: `UNIT=LAT,LON`.
  static func move(_ text: String) throws -> UnitMove {
    guard let split = text.lastIndex(of: "="), split > text.startIndex else {
      throw ValidationError("'\(text)' is not UNIT=LAT,LON")
    }
    let place = try coordinate(String(text[text.index(after: split)...]))
    return UnitMove(unitID: String(text[..<split]), place: Place(place))
  }

  /// Two OSM nodes: `FROM,TO`.
  static func nodes(_ text: String) throws -> OSMNodePair {
    let ids = text.split(separator: ",").map { Int64($0.trimmingCharacters(in: .whitespaces)) }
    guard ids.count == 2, let from = ids[0], let to = ids[1] else {
      throw ValidationError("'\(text)' is not two OSM nodes, such as 4711,4712")
    }
    return OSMNodePair(from: from, to: to)
  }

  /// A layer or a range of layers: `-1`, `0..2`.
  static func layers(_ text: String) throws -> ClosedRange<Int8> {
    let ends = text.components(separatedBy: "..").map { Int8($0) }
    guard let low = ends[0], let high = ends[ends.count - 1], ends.count <= 2, low <= high else {
      throw ValidationError("'\(text)' is not a layer or a range of layers, such as -1 or 0..2")
    }
    return low...high
  }

  /// Layers of the department by name, or OSM's as ``layers(_:)``: `camera,signal`, `0..2`.
  static func layerWords(_ text: String) throws -> LayerWords {
    if text.wholeMatch(of: #/-?[0-9]+(\.\.-?[0-9]+)?/#) != nil { return .levels(try layers(text)) }
    let names = list(text)
    if names.isEmpty { throw ValidationError("'\(text)' names no layer") }
    return .names(names)
  }

  /// A line as places separated by spaces, or all lines of a GeoJSON file.
  static func lines(_ text: String) throws -> GeoJSONSelection<[Coordinate]> {
    try isFile(text) ? GeoJSONReader.lines(path: text) : GeoJSONSelection([places(text)])
  }

  /// An area as its corners separated by spaces, or all areas of a GeoJSON file.
  static func areas(_ text: String) throws -> GeoJSONSelection<Area> {
    try isFile(text) ? GeoJSONReader.areas(path: text) : GeoJSONSelection([Area(places(text))])
  }

  private static func isFile(_ text: String) throws -> Bool {
    if FileManager.default.fileExists(atPath: text) { return true }
    guard text.contains(",") else {
      throw ValidationError("'\(text)' is neither a file nor places such as \"37.56,126.97 37.57,126.98\"")
    }
    return false
  }

  private static func places(_ text: String) throws -> [Coordinate] {
    try text.split(separator: " ").map { try coordinate(String($0)) }
  }
}
