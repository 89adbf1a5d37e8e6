import RoadGraph

/// Puts banned paths onto turns: as flags where they always hold, as timed rules where they do not.
struct RestrictionApplier {
  private let bans: BannedPaths
  /// The relations that ban a turn, always or at times.
  private var relationsOfTurn: [TurnID: Set<Int64>] = [:]
  private var turnsOfRelation: [Int64: Set<TurnID>] = [:]
  /// Turns that are banned or free while a condition holds, in the order in which the rules count: of several that hold
  /// at once, the last one.
  private(set) var timedRules: [(relation: Int64, condition: String, effect: ConditionalRule.Effect)] = []

  init(_ bans: BannedPaths) { self.bans = bans }

  /// Flags the turns that are always banned in `turns`, and lists the others in ``timedRules``.
  mutating func apply(to turns: inout TurnBuilder) {
    for path in bans.paths {
      let banned = Self.turns(of: path, in: turns)
      remember(banned, of: path)
      if path.condition == nil { for turn in banned { turns.ban(turn, path.binding) } }
    }
    // What binds responders too comes last and counts more.
    for isStrict in [false, true] {
      let timed = bans.paths.filter { ($0.binding == .everyone) == isStrict && $0.condition != nil }
      let lifted = bans.lifted.filter { ($0.binding == .everyone) == isStrict }
      for path in timed { addRules(for: path, turns) }
      for lift in lifted { addRules(for: lift) }
    }
  }

  private static func turns(of path: BannedPath, in turns: TurnBuilder) -> [TurnID] {
    guard let next = path.arcs.last else { return [] }
    return turns.shadows.arcs(behind: path.arcs.dropLast()).map { turns.turn(from: $0, onto: next) }
  }

  private mutating func remember(_ turns: [TurnID], of path: BannedPath) {
    for turn in turns { relationsOfTurn[turn, default: []].formUnion(path.relations) }
    for relation in path.relations { turnsOfRelation[relation, default: []].formUnion(turns) }
  }

  private mutating func addRules(for path: BannedPath, _ turns: TurnBuilder) {
    guard let condition = path.condition, let relation = path.relations.min() else { return }
    let exceptsResponders = path.binding == .civilTraffic
    for turn in Self.turns(of: path, in: turns) {
      let flags = turns.flags(of: turn)
      let isBannedAnyway = flags.contains(.banned) && (exceptsResponders || !flags.contains(.exceptEmergency))
      if isBannedAnyway { continue }
      timedRules.append((relation, condition, .ban(turn, exceptEmergency: exceptsResponders)))
    }
  }

  /// A turn that another relation bans as well stays banned.
  private mutating func addRules(for lift: LiftedBan) {
    for turn in (turnsOfRelation[lift.relation] ?? []).sorted() where relationsOfTurn[turn] == [lift.relation] {
      timedRules.append((lift.relation, lift.condition, .free(turn)))
    }
  }
}
