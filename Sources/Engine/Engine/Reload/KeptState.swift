import API
import Foundation
import Ledger

/// What an engine replays onto its map: what a ledger holds, or what changed since.
struct KeptState: Sendable {
  var units: [ResponseUnit] = []
  var closures: [RoadClosure] = []
  /// Puts of speeds, by ascending number.
  var puts: [(number: UInt64, columns: SpeedColumns)] = []
  var feeds: [FeedRegister.Entry] = []
  var plans: [ResponsePlan] = []
  /// `nil` if they didn't change.
  var choices: PlanChoices?
  var layers: [Layer] = []
  var hospitals: [Hospital] = []
  var posts: [Post] = []
  /// What is no more.
  var removed: [LedgerKey] = []

  /// All of a state but its speeds, which are known by their pieces only.
  init(_ state: EngineState) {
    units = state.fleet.sorted.map(\.unit)
    closures = state.traffic.entries.map(\.closure)
    feeds = Array(state.feeds.entries.values)
    (plans, choices) = (state.plans.sorted, state.plans.choices)
    layers = state.layers.sorted.map(\.layer)
    (hospitals, posts) = (state.hospitals.sorted, state.posts.sorted)
  }

  /// The values of a ledger.
  ///
  /// - Throws: `LEDGER_DAMAGED` if one can't be read.
  init(_ values: [LedgerKey: Data]) throws(EngineError) {
    for (key, data) in values {
      switch key.kind {
      case .unit: units.append(try Self.decoded(key, data))
      case .closure: closures.append(try Self.decoded(key, data))
      case .speeds: puts.append(try Self.reading(key) { try SpeedColumns.read(data) })
      case .feed: feeds.append(try Self.decoded(key, data))
      case .plan: plans.append(try Self.decoded(key, data))
      case .choices: choices = try Self.decoded(key, data) as PlanChoices
      case .layer: layers.append(try Self.reading(key) { try LayerRecord.layer(data) })
      case .hospital: hospitals.append(try Self.decoded(key, data))
      case .post: posts.append(try Self.decoded(key, data))
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
      throw EngineError(
        .ledgerDamaged, "what the ledger has under \(key.kind.rawValue) can't be read: start with a backup of it",
        value: key.id)
    }
  }
}

/// What changed since it was begun, as the ledger has it: the latest value of each key.
struct ChangeJournal: Sendable {
  private var values: [LedgerKey: Data] = [:]
  private var removed: Set<LedgerKey> = []

  var count: Int { values.count + removed.count }

  /// Takes changes in their order, and positions that nothing among them replaces.
  mutating func note(_ changes: [LedgerChange], _ positions: [LedgerKey: Data] = [:]) {
    for change in changes {
      switch change {
      case .put(let key, let value, _):
        values[key] = value
        removed.remove(key)
      case .remove(let key, _):
        values[key] = nil
        removed.insert(key)
      }
    }
    for (key, value) in positions { values[key] = value }
  }

  /// What was noted, and nothing is left.
  ///
  /// - Throws: `LEDGER_DAMAGED` if a value can't be read.
  mutating func take() throws(EngineError) -> KeptState {
    var kept = try KeptState(values)
    kept.removed = Array(removed)
    self = ChangeJournal()
    return kept
  }
}
