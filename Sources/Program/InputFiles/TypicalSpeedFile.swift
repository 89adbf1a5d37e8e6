import API
import Traffic

/// How fast traffic usually is, as CSV: a line for each road and direction, with the speeds of each hour of the week,
/// or of each quarter of an hour.
public enum TypicalSpeedFile {
  /// A road with the speeds of each slot.
  struct Row {
    var road: RoadSpeed.Road
    /// In km/h, of several weeks, the latest last; empty where nothing is known.
    var slots: [[Double]]
  }

  /// The columns before the slots, in any order; a road is a way, a link or two nodes (`4711-4712`).
  enum Column: String, CaseIterable { case way, link, nodes, direction }

  /// Roads of one file.
  public static let roadsMax = 500_000
  /// Speeds of one slot.
  static let weeksMax = 53

  /// The roads of a file, each slot with the median of its speeds. Throws `TYPICAL_SPEEDS_UNREADABLE`.
  public static func roads(path: String) throws(InputFileError) -> [TypicalRoad] {
    try InputFileError.reading(path, .typicalSpeedsUnreadable, unreadable: .typicalSpeedsUnreadable, roads)
  }

  /// Reads a file's bytes. O(bytes).
  public static func roads(_ bytes: [UInt8]) throws(FileFault) -> [TypicalRoad] {
    var roads: [TypicalRoad] = []
    try visitRows(of: bytes) { roads.append(TypicalRoad($0.road, kmh: $0.slots.map(median))) }
    return roads
  }

  /// The middle one, of an even number the mean of the two in the middle; `nil` of none.
  static func median(_ speeds: [Double]) -> Double? {
    if speeds.isEmpty { return nil }
    let sorted = speeds.sorted()
    let upper = sorted[sorted.count / 2]
    if sorted.count % 2 == 1 { return upper }
    return (sorted[sorted.count / 2 - 1] + upper) / 2
  }

  static func visitRows(of bytes: [UInt8], _ body: (Row) -> Void) throws(FileFault) {
    var header: (columns: [Column], slotCount: Int)?
    var count = 0
    try CSVReader.visitRecords(of: bytes) { (record) throws(FileFault) in
      guard let header else {
        header = try Self.header(record)
        return
      }
      count += 1
      guard count <= roadsMax else {
        throw FileFault(line: record.line, message: "a file has at most \(roadsMax) roads")
      }
      body(try row(record, header.columns, slotCount: header.slotCount))
    }
    if header == nil { throw FileFault(line: 1, message: "the file is empty; its first line must name the columns") }
  }

  private static func header(_ record: CSVRecord) throws(FileFault) -> (columns: [Column], slotCount: Int) {
    let columns = record.fields.prefix(Column.allCases.count)
      .map { Column(rawValue: $0.trimmingCharacters(in: .whitespaces).lowercased()) }
      .prefix { $0 != nil }.compactMap(\.self)
    let count = record.fields.count - columns.count
    guard Set(columns).count == columns.count, !Set(columns).isDisjoint(with: [.way, .link, .nodes]),
      TypicalSpeeds.slotCounts.contains(count)
    else {
      let counts = TypicalSpeeds.slotCounts.map { "\($0)" }.joined(separator: " or ")
      throw FileFault(
        line: record.line,
        message:
          "the first line must name way, link or nodes, perhaps direction, and then \(counts) slots of a week, not",
        value: "\(columns.map(\.rawValue).joined(separator: ",")) and \(count) slots")
    }
    return (columns, count)
  }

  private static func row(
    _ record: CSVRecord, _ columns: [Column], slotCount: Int
  ) throws(FileFault) -> Row {
    guard record.fields.count == columns.count + slotCount else {
      throw FileFault(
        line: record.line, message: "\(columns.count + slotCount) fields are needed, as in the first line, not",
        value: "\(record.fields.count)")
    }
    var fields: [Column: String] = [:]
    for (column, field) in zip(columns, record.fields) {
      let text = field.trimmingCharacters(in: .whitespaces)
      if !text.isEmpty { fields[column] = text }
    }
    var slots: [[Double]] = []
    slots.reserveCapacity(slotCount)
    for field in record.fields.dropFirst(columns.count) { slots.append(try speeds(field, record.line)) }
    return Row(road: try road(fields, record.line), slots: slots)
  }

  private static func road(_ fields: [Column: String], _ line: Int) throws(FileFault) -> RoadSpeed.Road {
    let names: [Column] = [.way, .link, .nodes].filter { fields[$0] != nil }
    guard names.count == 1, let text = fields[names[0]] else {
      throw FileFault(line: line, message: "a road is a way, a link or two nodes, one of them")
    }
    switch names[0] {
    case .link: return .link(id: text)
    case .nodes:
      let ids = text.split(separator: "-").map { Int64($0) }
      guard ids.count == 2, let from = ids[0], let to = ids[1] else {
        throw FileFault(line: line, column: "nodes", message: "not two OSM nodes, such as 4711-4712", value: text)
      }
      return .nodes(OSMNodePair(from: from, to: to))
    case .way, .direction:
      guard let osmID = Int64(text), osmID > 0 else {
        throw FileFault(line: line, column: "way", message: "not an OSM way", value: text)
      }
      let word = fields[.direction] ?? WayDirection.both.rawValue
      guard let direction = WayDirection(rawValue: word.lowercased()) else {
        let known = WayDirection.allCases.map(\.rawValue).joined(separator: ", ")
        throw FileFault(line: line, column: "direction", message: "not one of \(known)", value: word)
      }
      return .way(osmID: osmID, direction: direction)
    }
  }

  private static func speeds(_ field: String, _ line: Int) throws(FileFault) -> [Double] {
    let words = field.split(separator: " ")
    guard words.count <= weeksMax else {
      throw FileFault(line: line, message: "a slot has at most \(weeksMax) speeds, one a week", value: "\(words.count)")
    }
    var speeds: [Double] = []
    for word in words {
      guard let kmh = Double(field: String(word)), kmh > 0, kmh <= Limits.speedKmhMax else {
        throw FileFault(
          line: line, message: "a speed is above 0 and at most \(Int(Limits.speedKmhMax)) km/h", value: String(word))
      }
      speeds.append(kmh)
    }
    return speeds
  }

  // MARK: Writing

  /// The first line of a file.
  static func headerLine(slotCount: Int) -> String {
    let slots = (0..<slotCount).map { slot in
      let minute = slot * minutesOfWeek / slotCount
      let (hour, rest) = (minute % minutesOfDay / 60, minute % 60)
      return "\(days[minute / minutesOfDay]) \(twoDigits(hour)):\(twoDigits(rest))"
    }
    return csvLine(Column.allCases.map(\.rawValue) + slots)
  }

  /// The line of a road.
  static func line(of row: Row) -> String {
    let slots = row.slots.map { speeds in speeds.map { "\(($0 * 10).rounded() / 10)" }.joined(separator: " ") }
    switch row.road {
    case .way(let osmID, let direction):
      return csvLine(["\(osmID)", "", "", direction == .both ? "" : direction.rawValue] + slots)
    case .link(let id): return csvLine(["", id, "", ""] + slots)
    case .nodes(let pair): return csvLine(["", "", "\(pair.from)-\(pair.to)", ""] + slots)
    }
  }

  private static let days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
  private static let minutesOfDay = 1_440
  private static let minutesOfWeek = 7 * minutesOfDay

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
