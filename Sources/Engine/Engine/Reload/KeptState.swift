import API
import Fleet
import Foundation
import Ledger
import Traffic

/// What an engine replays onto its map: what a ledger holds, or what changed since.
struct KeptState: Sendable {
  var units: [ResponseUnit] = []
  var closures: [RoadClosure] = []
  /// Puts of speeds, by ascending number.
  var puts: [(number: UInt64, columns: SpeedColumns)] = []
  var feeds: [FeedRegister.Entry] = []
  /// What is no more.
  var removed: [LedgerKey] = []

  /// Units, closures and feeds of a state; its speeds are known by their pieces only.
  init(_ state: EngineState) {
    units = state.fleet.sorted.map(\.unit)
    closures = state.traffic.entries.map(\.closure)
    feeds = Array(state.feeds.entries.values)
  }

  /// The values of a ledger.
  ///
  /// - Throws: `LEDGER_FAILED` if one can't be read.
  init(_ values: [LedgerKey: Data]) throws(EngineError) {
    for (key, data) in values {
      switch key.kind {
      case .unit: units.append(try Self.decoded(key, data))
      case .closure: closures.append(try Self.decoded(key, data))
      case .speeds: puts.append(try Self.reading(key) { try SpeedColumns.read(data) })
      case .feed: feeds.append(try Self.decoded(key, data))
      case .map: break
      }
    }
    puts.sort { $0.number < $1.number }
  }

  private static func decoded<Value: Decodable>(_ key: LedgerKey, _ data: Data) throws(EngineError) -> Value {
    try reading(key) { try JSONDecoder().decode(Value.self, from: data) }
  }

  private static func reading<Value>(_ key: LedgerKey, _ body: () throws -> Value) throws(EngineError) -> Value {
    do {
      return try body()
    } catch {
      throw EngineError(.ledgerFailed, "the ledger holds \(key.kind.rawValue) that can't be read", value: key.id)
    }
  }
}
