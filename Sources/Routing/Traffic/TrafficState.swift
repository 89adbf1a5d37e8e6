import API
import Foundation
import HashTreeCollections
import Profiles
import RoadGraph

/// All that is known of traffic: closures, speeds, turn penalties, and what of it is in force.
///
/// A value: a draft of it can be changed and dropped, and costs what it changes. Whatever the order in which closures
/// are put and lifted, begin and end, what is in force on a road is the same, bit for bit.
public struct TrafficState: Sendable {
  /// A closure that is known.
  public struct Entry: Sendable {
    public let resolved: ResolvedClosure
    let profiles: ProfileMask
    /// Of the put that brought it.
    let serial: UInt64
    /// True while its effects are among the conditions.
    public fileprivate(set) var isInForce = false
    /// When it may begin or end by itself.
    fileprivate(set) var nextChange: Date?

    public var closure: RoadClosure { resolved.closure }

    /// True if another put of the same closure has the same effects in force.
    fileprivate func changesTheSame(as other: Entry) -> Bool {
      profiles == other.profiles && resolved.stretches == other.resolved.stretches
        && resolved.effects == other.resolved.effects
    }
  }

  public private(set) var conditions: TrafficConditions
  private var entriesByID: TreeDictionary<String, Entry> = [:]
  private var idsBySource: TreeDictionary<String, TreeSet<String>> = [:]
  var layers: [String: SpeedLayer] = [:]
  private let profiles: [VehicleProfile]
  private var lastSerial: UInt64 = 0
  /// The highest number of a put of speeds.
  public private(set) var lastPut: UInt64 = 0
  /// What has changed since the last publication.
  public private(set) var changes = TrafficChanges()

  /// - Parameter profiles: those that are served, at most ``ProfileMask/profilesMax``.
  public init(profiles: [VehicleProfile], network: RoadNetwork) {
    precondition(profiles.count <= ProfileMask.profilesMax, "more profiles than a mask has bits")
    self.profiles = profiles
    conditions = TrafficConditions(pieceCount: network.pieces.count)
  }

  /// The state with nothing left to publish.
  public var published: TrafficState {
    var state = self
    state.changes = TrafficChanges()
    return state
  }
}

/// What a publication has to look at.
public struct TrafficChanges: Sendable {
  /// Pieces whose conditions may be others, in any order, some of them more than once.
  var pieces: [DirectedPiece] = []
  var turns: [TurnID] = []
  /// When the timetable has to look again.
  var dates: [TrafficDate] = []
  /// The closures that were put or lifted, began or ended, and the sources of speeds.
  public internal(set) var causes: [TrafficCause] = []

  public var isEmpty: Bool { pieces.isEmpty && turns.isEmpty && dates.isEmpty && causes.isEmpty }

  var areClosuresNew: Bool { isRestored || causes.contains { !$0.isOfSpeeds } }
  var areSpeedsNew: Bool { isRestored || causes.contains { $0.isOfSpeeds } }

  /// What comes back from a ledger has no cause.
  private var isRestored: Bool { causes.isEmpty && !isEmpty }
}

extension TrafficCause {
  fileprivate var isOfSpeeds: Bool {
    switch self {
    case .measured, .faded: true
    case .put, .lifted, .began, .paused, .expired: false
    }
  }
}

// MARK: Closures

extension TrafficState {
  public var closureCount: Int { entriesByID.count }

  /// All closures by id. O(n log n).
  public var entries: [Entry] { entriesByID.values.sorted { $0.closure.id < $1.closure.id } }

  public subscript(closureID id: String) -> Entry? { entriesByID[id] }

  /// The ids of a source's closures. O(n log n).
  public func closureIDs(ofSource source: String) -> [String] { (idsBySource[source] ?? []).sorted() }

  /// How many closures of a source are known, and how many of them are in force. O(closures of the source).
  public func closureCounts(ofSource source: String) -> (known: Int, inForce: Int) {
    let ids = idsBySource[source] ?? []
    return (ids.count, ids.count { entriesByID[$0]?.isInForce ?? false })
  }

  /// Adds a closure, or replaces the one with its id. O(pieces).
  ///
  /// - Throws: ``TrafficError/staleRevision(id:known:given:)`` if a higher revision is known.
  public mutating func put(_ resolved: ResolvedClosure, at moment: Date) throws(TrafficError) {
    let closure = resolved.closure
    if let known = entriesByID[closure.id], known.closure.revision > closure.revision {
      throw .staleRevision(id: closure.id, known: known.closure.revision, given: closure.revision)
    }
    restore(resolved, at: moment)
    changes.causes.append(.put(closureID: closure.id))
  }

  /// Puts back a closure that was accepted before, whatever its revision. O(pieces).
  public mutating func restore(_ resolved: ResolvedClosure, at moment: Date) {
    let closure = resolved.closure
    lastSerial += 1
    var entry = Entry(resolved: resolved, profiles: ProfileMask(closure.scope, of: profiles), serial: lastSerial)
    let known = forget(closure.id)
    entry.isInForce = resolved.times.isActive(at: moment)
    if let known, known.isInForce, entry.isInForce, known.changesTheSame(as: entry) {
      // What is in force stays as it is: a feed repeats its closures again and again.
      entry = Entry(resolved: resolved, profiles: entry.profiles, serial: known.serial, isInForce: true)
    } else {
      if let known, known.isInForce { withdraw(known) }
      if entry.isInForce { enforce(entry) }
    }
    plan(&entry, after: moment)
    entriesByID[closure.id] = entry
    idsBySource[closure.source, default: []].insert(closure.id)
  }

  /// Removes a closure and returns it. O(pieces).
  ///
  /// - Throws: ``TrafficError/unknownClosure(id:)``.
  @discardableResult public mutating func lift(_ id: String) throws(TrafficError) -> Entry {
    guard let entry = forget(id) else { throw .unknownClosure(id: id) }
    if entry.isInForce { withdraw(entry) }
    changes.causes.append(.lifted(closureID: entry.closure.id))
    return entry
  }

  /// Lets a closure begin or end, if its time has come by `moment`; returns it if its time is over. O(pieces).
  mutating func advance(closure id: String, to moment: Date) -> Entry? {
    // The date of an earlier put of the closure means nothing any more.
    guard var entry = entriesByID[id], let due = entry.nextChange, due <= moment else { return nil }
    if entry.resolved.times.isOver(at: moment) {
      _ = forget(id)
      if entry.isInForce { withdraw(entry) }
      changes.causes.append(.expired(closureID: id))
      return entry
    }
    let isActive = entry.resolved.times.isActive(at: moment)
    if isActive != entry.isInForce { turn(&entry, isActive) }
    plan(&entry, after: moment)
    entriesByID[id] = entry
    return nil
  }

  /// Lets every closure begin or end that should have at `moment` but has not, or has and should not: the clock was put
  /// back. One whose time is over ends when it is asked for by its date. O(closures).
  public mutating func reconsider(at moment: Date) {
    for (id, known) in entriesByID {
      var entry = known
      let isActive = entry.resolved.times.isActive(at: moment)
      if isActive == entry.isInForce, next(entry, after: moment) == entry.nextChange { continue }
      if isActive != entry.isInForce { turn(&entry, isActive) }
      plan(&entry, after: moment)
      entriesByID[id] = entry
    }
  }

  /// Takes note of what was published of another state meanwhile: its pieces are looked at again, its causes were told.
  public mutating func follow(_ published: TrafficChanges) {
    changes.pieces += published.pieces
    changes.turns += published.turns
    changes.causes.removeAll(where: published.causes.contains)
  }

  private mutating func turn(_ entry: inout Entry, _ isActive: Bool) {
    entry.isInForce = isActive
    if isActive { enforce(entry) } else { withdraw(entry) }
    let id = entry.closure.id
    changes.causes.append(isActive ? .began(closureID: id) : .paused(closureID: id))
  }

  private mutating func forget(_ id: String) -> Entry? {
    guard let entry = entriesByID.removeValue(forKey: id) else { return nil }
    let source = entry.closure.source
    idsBySource[source]?.remove(id)
    if idsBySource[source]?.isEmpty == true { idsBySource[source] = nil }
    return entry
  }

  private mutating func plan(_ entry: inout Entry, after moment: Date) {
    entry.nextChange = next(entry, after: moment)
    guard let next = entry.nextChange else { return }
    changes.dates.append(TrafficDate(moment: next, subject: .closure(id: entry.closure.id)))
  }

  private func next(_ entry: Entry, after moment: Date) -> Date? {
    let times = entry.resolved.times
    // One that is over when it comes ends as soon as somebody looks.
    return times.isOver(at: moment) ? times.until : times.nextChange(after: moment)
  }

  private mutating func enforce(_ entry: Entry) {
    conditions.add(entry.resolved, serial: entry.serial, for: entry.profiles)
    changes.pieces += entry.resolved.pieces
  }

  private mutating func withdraw(_ entry: Entry) {
    for piece in entry.resolved.pieces { conditions.effects[piece].removeAll { $0.serial == entry.serial } }
    changes.pieces += entry.resolved.pieces
  }
}

// MARK: Speeds

extension TrafficState {
  /// The sources whose speeds or turn penalties are known now, and how many. O(sources).
  public var speedSources: [(source: String, speeds: Int, turnPenalties: Int)] {
    layers.map { ($0.key, $0.value.speedCount, $0.value.penaltyCount) }.sorted { $0.source < $1.source }
  }

  /// How many sources of speeds there may be at a time; each takes memory for every piece of road.
  public static let speedSourcesMax = 16

  /// Takes what a source measured; see ``SpeedUpdate``. O(pieces that it names), and O(pieces) if it is complete.
  ///
  /// - Returns: the number of the put, and the numbers of earlier puts that it replaces as a whole.
  /// - Throws: ``TrafficError/tooManySources(_:)``.
  public mutating func put(_ put: SpeedPut) throws(TrafficError) -> (number: UInt64, replaced: [UInt64]) {
    guard layers[put.source] != nil || layers.count < Self.speedSourcesMax else {
      throw .tooManySources(Self.speedSourcesMax)
    }
    let known = layers[put.source]?.numbers ?? []
    let number = lastPut + 1
    restore(put, number: number)
    changes.causes.append(.measured(source: put.source))
    let kept = Set(layers[put.source]?.numbers ?? [])
    return (number, known.filter { !kept.contains($0) })
  }

  /// Puts back a put of speeds that was accepted before; earlier ones first.
  public mutating func restore(_ put: SpeedPut, number: UInt64) {
    lastPut = max(lastPut, number)
    // Taken out while it changes, so that it isn't copied.
    var layer = layers.removeValue(forKey: put.source) ?? SpeedLayer(pieceCount: conditions.speeds.count / 2)
    let (pieces, turns) = layer.put(put, number: number)
    layers[put.source] = layer
    combine(pieces, turns)
    changes.dates.append(TrafficDate(moment: put.expiresAt, subject: .put(source: put.source, number: number)))
  }

  /// Forgets what one put of a source said, as far as no later one replaced it. O(pieces).
  mutating func expire(put number: UInt64, ofSource source: String) {
    guard layers[source]?.holds(number) == true, var layer = layers.removeValue(forKey: source) else { return }
    let (pieces, turns) = layer.expire(number)
    if !layer.isEmpty { layers[source] = layer }
    combine(pieces, turns)
    changes.causes.append(.faded(source: source))
  }

  /// Forgets what the put of speeds with this number said; nothing, if there is none. O(pieces, sources).
  public mutating func forget(put number: UInt64) {
    guard let source = layers.first(where: { $0.value.holds(number) })?.key else { return }
    expire(put: number, ofSource: source)
  }

  /// Of several sources the slowest counts.
  private mutating func combine(_ pieces: [DirectedPiece], _ turns: [TurnID]) {
    for piece in pieces {
      let slowest = layers.values.reduce(AlongPiece<TenthsOfKmh>.nothing) { known, layer in
        known.combined(with: layer[piece], AlongPiece.slower)
      }
      if slowest == conditions.speeds[piece] { continue }
      conditions.speeds[piece] = slowest
      changes.pieces.append(piece)
    }
    for turn in turns {
      let longest = layers.values.compactMap { $0[turn] }.max()
      if longest == conditions.turnPenalties[turn] { continue }
      conditions.turnPenalties[turn] = longest
      changes.turns.append(turn)
    }
  }
}
