import API
import Foundation

/// OSM nodes in the order of travel, two for a stretch of road, three for a turn.
struct OSRMKey: Hashable {
  var from: Int64
  /// 0 for a stretch of road.
  var via: Int64
  var to: Int64
}

/// A file of OSRM's traffic updates: OSM nodes, then a value, then what Tocsin has no use for (a rate, a weight, a
/// comment).
///
/// As OSRM reads them, except that OSRM refuses a whole file for one bad line, for a header and for a byte order mark:
/// lines end with LF or CRLF, nothing is quoted, a comma after the last field begins a comment. Blank lines, lines that
/// begin with `#` and a header (a first line that begins with a letter and has as many fields) are skipped. An empty
/// value leaves the road as it is. Source: OSRM's wiki, Traffic; `updater/csv_file_parser.hpp`.
struct OSRMFile {
  /// 2 for stretches of road, 3 for turns.
  let nodeCount: Int
  let valueMax: Double

  /// Two OSM ids, a speed and commas.
  private static let lineBytesTypical = 16

  /// `from,to,km/h[,rate]`, each from one OSM node to another; 0 closes the road.
  static func speeds(in data: Data) throws(FeedError) -> FeedContent {
    var (values, content) = try OSRMFile(nodeCount: 2, valueMax: FeedDefaults.kmhMax).read(data)
    content.speeds = values.map { RoadSpeed(.nodes(OSMNodePair(from: $0.from, to: $0.to)), kmh: $1) }
    return content
  }

  /// `from,via,to,seconds[,weight]`. OSRM lets a penalty be negative; nothing is quicker than no time here, so such a
  /// line is a problem.
  static func turnPenalties(in data: Data) throws(FeedError) -> FeedContent {
    var (values, content) = try OSRMFile(nodeCount: 3, valueMax: FeedDefaults.turnSecondsMax).read(data)
    content.turnPenalties = values.map {
      TurnPenalty(fromOSMNode: $0.from, viaOSMNode: $0.via, toOSMNode: $0.to, seconds: $1)
    }
    return content
  }

  /// What the lines say, and everything but the values in a content. Throws if no line is one of the format. O(bytes).
  private func read(_ data: Data) throws(FeedError) -> (values: [(key: OSRMKey, value: Double)], content: FeedContent) {
    var values: [(key: OSRMKey, value: Double)] = []
    var content = FeedContent()
    let firstFault = data.withUnsafeBytes { bytes in
      read(bytes.bindMemory(to: UInt8.self), into: &values, &content)
    }
    if content.recordCount == 0 || content.recordCount == content.skippedCount && firstFault != nil {
      throw FeedError(.notCSV, "no line is in this format", value: firstFault ?? "")
    }
    return (values, content)
  }

  /// Gives the first malformed line.
  private func read(
    _ bytes: UnsafeBufferPointer<UInt8>, into values: inout [(key: OSRMKey, value: Double)],
    _ content: inout FeedContent
  ) -> String? {
    var lines = CSVLines(bytes)
    // One growth instead of twenty: half of the time of a large file. Files of blank lines get no more than others.
    let lineCount = min(bytes.count { $0 == 0x0A } + 1, bytes.count / Self.lineBytesTypical)
    var keys: Set<OSRMKey> = []
    keys.reserveCapacity(lineCount)
    values.reserveCapacity(lineCount)
    var firstFault: String?
    while let line = lines.next() {
      if line.isBlank || line.first == 0x23 || lines.number == 1 && isHeader(line) { continue }
      content.recordCount += 1
      do throws(RecordRefusal) {
        guard let (key, value) = try entry(line) else {
          content.idleCount += 1
          let why = RecordRefusal(.unknownValue, "the value is empty", value: line.text)
          // By its number among the records: only lines with a fault are told by their line.
          content.add(.ignored, why, at: RecordPlace(record: content.recordCount))
          continue
        }
        guard keys.insert(key).inserted else {
          throw RecordRefusal(.duplicate, "the nodes occur twice in the file", value: line.text)
        }
        values.append((key, value))
      } catch {
        content.skippedCount += 1
        content.add(.skipped, error, at: RecordPlace(line: lines.number))
        if error.code == .malformedLine, firstFault == nil { firstFault = line.text }
      }
    }
    return firstFault
  }

  /// `nil` if the value is empty.
  private func entry(_ line: CSVLine) throws(RecordRefusal) -> (OSRMKey, Double)? {
    var fields = line
    guard let from = fields.osmID(), let second = fields.osmID(),
      let third = nodeCount == 3 ? fields.osmID() : second, let field = fields.field()
    else {
      throw RecordRefusal(.malformedLine, "not \(nodeCount) OSM nodes and a value", value: line.text)
    }
    let key = OSRMKey(from: from, via: nodeCount == 3 ? second : 0, to: third)
    guard key.via == 0 ? key.from != key.to : key.from != key.via && key.via != key.to else {
      throw RecordRefusal(.badValue, "from a node to the same node", value: line.text)
    }
    if field.isEmpty { return nil }
    guard let value = line.number(field) else {
      throw RecordRefusal(.malformedLine, "the value is not a number", value: line.text)
    }
    guard value >= 0, value <= valueMax else {
      throw RecordRefusal(.badValue, "the value is not from 0 to \(Int(valueMax))", value: line.text)
    }
    return (key, value)
  }

  private func isHeader(_ line: CSVLine) -> Bool {
    guard let first = line.first, (first | 0x20) >= 0x61, (first | 0x20) <= 0x7A else { return false }
    return line.rest.count { line.bytes[$0] == 0x2C } >= nodeCount
  }
}
