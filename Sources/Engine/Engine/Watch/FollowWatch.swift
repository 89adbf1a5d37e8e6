import API
import Foundation
import Synchronization

/// Units on their way: looked at when one of them reports, when roads change, and every few seconds.
///
/// The rest of a unit's way is found again with each report of it, and for all of them after a change of the traffic.
final class FollowWatch: AnswerStream, Watcher {
  private struct State {
    /// The engine that answers.
    var engine: TocsinEngine
    var units: [String: FollowedUnit] = [:]
    /// What is not told yet.
    var events: [FollowEvent] = []
    /// The traffic by which ways were found.
    var version: UInt64 = 0
    var pace = AnswerPace(interval: FollowWatch.paceInterval)
    var isTicking = false
  }

  let signal = ReadySignal()
  private let request: FollowRequest
  private let named: Set<String>
  private let state: Mutex<State>

  private static let paceInterval = Duration.milliseconds(100)
  private static let tickInterval = Duration.seconds(5)

  init(_ request: FollowRequest, on engine: TocsinEngine) {
    (self.request, named) = (request, Set(request.unitIDs))
    state = Mutex(State(engine: engine))
  }

  func impact(of changes: PublishedChanges) -> WatchImpact {
    if changes.isMapNew || changes.isTrafficNew { return .affected }
    return changes.units.contains { concerns($0) } ? .affected : .unaffected
  }

  private func concerns(_ change: UnitChange) -> Bool {
    if named.contains(change.id) { return true }
    if let unit = change.now?.unit, isOfIncident(unit) { return true }
    return !request.incidentID.isEmpty && state.withLock { $0.units[change.id] != nil }
  }

  private func isOfIncident(_ unit: ResponseUnit) -> Bool {
    !request.incidentID.isEmpty && unit.task?.incidentID == request.incidentID
  }

  func move(to engine: TocsinEngine) { state.withLock { $0.engine = engine } }

  func wake(by changes: PublishedChanges) {
    state.withLock { $0.pace.isStale = true }
    signal.notify()
  }

  func onReady(_ ready: @escaping @Sendable () -> Void) {
    signal.onReady(ready)
    if state.withLock({ $0.pace.isStale }) { signal.notify() }
  }

  func cancel() { signal.cancel() }

  /// The next event; `nil` if there is none now. O(one route) for each unit that reported.
  func next(within limit: WorkLimit) throws(EngineError) -> FollowEvent? {
    signal.asked()
    if state.withLock({ $0.events.isEmpty }) { try look(within: limit) }
    let (event, hasMore) = state.withLock { state in
      let event = state.events.isEmpty ? nil : state.events.removeFirst()
      return (event, !state.events.isEmpty || (event != nil && state.pace.isStale))
    }
    if hasMore { signal.notify() }
    return event
  }

  // MARK: Looking

  /// Notes what has happened since the last look.
  private func look(within limit: WorkLimit) throws(EngineError) {
    let (step, engine, known, version) = state.withLock { state in
      (state.pace.step(), state.engine, state.units, state.version)
    }
    switch step {
    case .nothing: return
    case .later(let wait): return signal.notify(after: wait)
    case .now: break
    }
    let current = engine.currentState()
    var look = FollowLook(request, known, on: engine, current, isTrafficNew: current.snapshot.version != version)
    for unit in followed(in: current, known) { try look.see(unit, within: limit) }
    look.endOthers()
    let needsTick = state.withLock { state in
      (state.units, state.version) = (look.units, current.snapshot.version)
      state.events += look.events
      guard !state.units.isEmpty, !state.isTicking else { return false }
      state.isTicking = true
      return true
    }
    if needsTick { tick() }
  }

  /// The units of the request as they are; in the order of their ids.
  private func followed(in current: EngineState, _ known: [String: FollowedUnit]) -> [ResponseUnit] {
    guard !request.incidentID.isEmpty else {
      return named.sorted().compactMap { current.fleet[$0]?.unit }
    }
    let units = current.fleet.byProfile.flatMap { $0.columns.units.map(\.unit) }
    return units.filter { named.contains($0.id) || isOfIncident($0) }.sorted { $0.id < $1.id }
  }

  /// Looks again after a while, as long as anybody is under way.
  private func tick() {
    DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + Self.tickInterval / .seconds(1)) { [weak self] in
      guard let self else { return }
      state.withLock { ($0.isTicking, $0.pace.isStale) = (false, true) }
      signal.notify()
    }
  }
}

/// One look at all units that are followed.
private struct FollowLook {
  let request: FollowRequest
  let engine: TocsinEngine
  let current: EngineState
  let isTrafficNew: Bool
  let now: Date
  var units: [String: FollowedUnit]
  var events: [FollowEvent] = []
  /// Those that were seen.
  private var seen: Set<String> = []

  init(
    _ request: FollowRequest, _ units: [String: FollowedUnit], on engine: TocsinEngine, _ current: EngineState,
    isTrafficNew: Bool
  ) {
    (self.request, self.units, self.engine, self.current) = (request, units, engine, current)
    self.isTrafficNew = isTrafficNew
    now = engine.now()
  }

  mutating func see(_ unit: ResponseUnit, within limit: WorkLimit) throws(EngineError) {
    try limit.check()
    seen.insert(unit.id)
    if let known = units[unit.id], !known.isSameTask(as: unit) { end(known, as: unit) }
    guard let destination = unit.followedDestination else { return }
    guard var known = units[unit.id] else {
      var first = FollowedUnit(unit, to: destination, thresholds: request.thresholdsSeconds)
      let sight = try sight(of: unit, to: destination, within: limit)
      tell(first.begin(sight, at: now), of: first, sight.way)
      units[unit.id] = first
      return
    }
    let isReported = unit.reportedAt != known.seen.reportedAt || unit.status != known.seen.status
    if isReported || isTrafficNew, !known.doubts(unit) {
      let sight = try sight(of: unit, to: destination, within: limit)
      tell(known.look(sight, at: now), of: known, sight.way)
    }
    tell(known.tick(at: now, positionAgeSecondsMax: request.positionAgeSecondsMax), of: known, nil)
    units[unit.id] = known
  }

  /// Those that were not seen are known no more, or have another incident.
  mutating func endOthers() {
    for (id, known) in units.sorted(by: { $0.key < $1.key }) where !seen.contains(id) {
      end(known, as: current.fleet[id]?.unit ?? known.seen)
    }
  }

  private mutating func end(_ known: FollowedUnit, as unit: ResponseUnit) {
    events.append(
      FollowEvent(
        version: current.snapshot.version, unitID: unit.id, incidentID: known.incidentID, .ended, at: now,
        reportedAt: unit.reportedAt, coordinate: unit.coordinate))
    units[unit.id] = nil
  }

  private mutating func tell(
    _ news: [FollowedUnit.News], of unit: FollowedUnit, _ way: (route: Route, arrivalAt: Date)?
  ) {
    for piece in news {
      var event = FollowEvent(
        version: current.snapshot.version, unitID: unit.seen.id, incidentID: unit.incidentID, piece.kind, at: now,
        reportedAt: unit.seen.reportedAt, coordinate: unit.seen.coordinate)
      event.destination = unit.destination.coordinate
      event.arrivalAt = way?.arrivalAt ?? (piece.kind == .stale ? unit.expectedAt : nil)
      (event.arrivalBefore, event.thresholdSeconds) = (piece.arrivalBefore, piece.thresholdSeconds)
      event.route = way?.route
      if !request.detail.contains(.shape) { event.route?.shape = [] }
      events.append(event)
    }
  }

  /// The way from where a unit is. Of one that stands at its station the time goes on from the alarm.
  private func sight(
    of unit: ResponseUnit, to destination: Place, within limit: WorkLimit
  ) throws(EngineError) -> FollowedUnit.Sight {
    var question = RouteRequest(
      places: [Place(unit.coordinate, headingDegrees: unit.headingDegrees), destination], profile: unit.profile)
    question.detail = request.detail.union(.shape)
    let startsAt = startsAt(unit)
    var sight = FollowedUnit.Sight(
      unit: unit, destination: destination, way: nil, isBoarding: startsAt > unit.reportedAt,
      isTrafficNew: isTrafficNew)
    do throws(EngineError) {
      let route = try engine.routed(question, in: current, within: limit).answer.route
      sight.way = (route, startsAt.addingTimeInterval(route.travelSeconds))
    } catch {
      // Where it is no road leads there at the moment: that is news, no fault.
      guard [.noRoute, .offMap, .unknownProfile].contains(error.code) else { throw error }
    }
    return sight
  }

  /// When its wheels turn, or when it was where it was reported.
  private func startsAt(_ unit: ResponseUnit) -> Date {
    guard unit.status == .dispatched, let stationed = current.fleet[unit.id],
      let profile = current.snapshot[profile: unit.profile]
    else { return unit.reportedAt }
    let alarm = unit.statusAt ?? unit.reportedAt
    return max(alarm.addingTimeInterval(profile.roads.profile.turnoutSeconds(of: stationed)), unit.reportedAt)
  }
}
