import API
import Engine
import Foundation
import GRDB
import Ledger
import LedgerFile
import TestSupport
import Traffic

extension FuzzDoor {
  /// The ledger.
  static let ledgers: [FuzzDoor] = [
    FuzzDoor(
      "ledger-file", bytesMax: 1 << 17, dictionary: ["SQLite format 3\0", "CREATE TABLE state", "Tocs"],
      samples: { [try LedgerBytes.file()] },
      run: { bytes in
        let folder = TemporaryFolder()
        try Data(bytes).write(to: folder.url("l.db"))
        LedgerBytes.open(folder.path("l.db"))
      }),
    // A file with values of other types than ours, in columns that take most.
    FuzzDoor(
      "ledger-rows", bytesMax: 512,
      samples: { [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], Array(repeating: 0xFF, count: 40), []] },
      run: { bytes in
        let folder = TemporaryFolder()
        try LedgerBytes.write(rows: bytes, to: folder.path("l.db"))
        LedgerBytes.open(folder.path("l.db"))
      }),
    // What an engine finds under a key: a byte for its kind, then the value.
    FuzzDoor(
      "ledger-value", dictionary: ["1e308", "-1", "null", "\"\"", "[]", "9223372036854775808", "bplist00", "1e18"],
      samples: { try LedgerBytes.values() },
      run: { bytes in
        guard let first = bytes.first else { return }
        let kind = LedgerKey.Kind.allCases[Int(first) % LedgerKey.Kind.allCases.count]
        let ledger = MemoryLedger()
        ledger.recordSoon([LedgerKey(kind: kind, id: "u0"): Data(bytes.dropFirst())])
        guard let engine = try? SmallCity.engine(ledger: ledger) else { return }
        _ = engine.listUnits()
        _ = engine.listClosures()
        _ = engine.listPlans()
        _ = engine.listLayers()
        _ = engine.status()
        _ = try? engine.fastestUnits(FastestUnitsRequest(incident: Place(SmallCity.town.junctions[2]), count: 2))
      }),
  ]
}

/// Ledgers as bytes.
enum LedgerBytes {
  private static let moment = SmallCity.moment

  /// A ledger of a unit and a closure.
  static func file() throws -> [UInt8] {
    let folder = TemporaryFolder()
    do {
      let ledger = try SQLiteLedger(path: folder.path("l.db"), mapName: "m")
      _ = try SmallCity.engine(ledger: ledger).putUnits([EngineCalls.units[0]])
    }
    let database = try DatabaseQueue(path: folder.path("l.db"))
    try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE; VACUUM") }
    try database.close()
    return [UInt8](try folder.contents("l.db"))
  }

  /// Opens a file in every way.
  static func open(_ path: String) {
    if let reader = try? LedgerReader(path: path) {
      _ = try? reader.entries(AuditQuery(countMax: 10))
      _ = try? reader.entries(AuditQuery(since: moment, id: "u0", countMax: 10))
    }
    guard let ledger = try? SQLiteLedger(path: path) else { return }
    _ = try? SmallCity.engine(ledger: ledger)
    _ = try? ledger.contents()
  }

  /// A file that has the marks and names of a ledger, and in each place a value that the bytes choose; half of them
  /// with a head that is as it was, without which none would be opened.
  static func write(rows bytes: [UInt8], to path: String) throws {
    _ = try SQLiteLedger(path: path)
    var rest = bytes[...]
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { db in
      for (table, columns) in [
        ("state", "kind TEXT, id TEXT, value BLOB"), ("head", "only_row INTEGER, version INTEGER, map TEXT"),
        (
          "audit",
          "sequence INTEGER, moment_ms INTEGER, version INTEGER, what TEXT, kind TEXT, id TEXT, value BLOB, "
            + "actor TEXT, peer TEXT, method TEXT"
        ),
      ] where table != "head" || bytes.count % 2 == 1 {
        try db.execute(sql: "DROP TABLE \(table); CREATE TABLE \(table) (\(columns))")
        let values = columns.split(separator: ",").map { _ in value(&rest) }
        let places = values.map { _ in "?" }.joined(separator: ",")
        try db.execute(sql: "INSERT INTO \(table) VALUES (\(places))", arguments: StatementArguments(values))
      }
    }
    try database.close()
  }

  /// A value of any type of SQLite.
  private static func value(_ rest: inout ArraySlice<UInt8>) -> DatabaseValue {
    guard let kind = rest.popFirst() else { return .null }
    let next = rest.popFirst() ?? 0
    let values: [DatabaseValue] = [
      .null, Int64(next).databaseValue, Int64.min.databaseValue, Int64.max.databaseValue, (-1).databaseValue,
      1e300.databaseValue, Double.infinity.databaseValue, "unit".databaseValue, "closure".databaseValue,
      "speeds".databaseValue, "feed".databaseValue, "".databaseValue, Data([next]).databaseValue,
      Data([0xFF, 0x00, next]).databaseValue, "\(next)".databaseValue, "a\0b".databaseValue,
    ]
    return values[Int(kind) % values.count]
  }

  /// What an engine keeps of a unit, a closure, speeds, a feed, a plan, choices and a layer.
  static func values() throws -> [[UInt8]] {
    let ledger = MemoryLedger()
    let engine = try SmallCity.engine(ledger: ledger)
    let origin = ChangeOrigin(actor: "fuzz")
    _ = try engine.putUnits([EngineCalls.units[0]])
    var request = ClosuresRequest(EngineCalls.closures)
    request.strictness = .skipRefused
    request.feed = FeedReport(source: "f", intervalSeconds: 60)
    _ = try engine.putClosures(request, by: origin)
    _ = try engine.putSpeeds(
      SpeedsRequest(
        SpeedUpdate(
          source: "s", speeds: [RoadSpeed(.way(osmID: 1, direction: .both), kmh: 12)],
          turnPenalties: [TurnPenalty(fromOSMNode: 1, viaOSMNode: 2, toOSMNode: 3, seconds: 4)], timeToLiveSeconds: 300,
          isComplete: true)), by: origin)
    _ = try engine.putLayer(EngineCalls.layer, by: origin, within: .none)
    _ = try engine.putPlans(EngineCalls.plans, by: origin)
    return ledger.contents().values.compactMap { key, data in
      LedgerKey.Kind.allCases.firstIndex(of: key.kind).map { [UInt8($0)] + data }
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
