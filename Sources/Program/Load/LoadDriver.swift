import Histogram
import NIOCore

/// Sends requests when they are due and counts what comes back. It belongs to its event loop.
final class LoadDriver: LineListener {
  let plan: LoadPlan
  private let hub: LineHub
  private let loop: any EventLoop
  private let workload: Workload
  private let clock: LoadClock
  private let timeoutNanoseconds: UInt64
  private let done: EventLoopPromise<Void>
  private var flights = FlightTable()
  /// One per kind.
  private var schedules: [ArrivalSchedule]
  private(set) var tallies = RequestKind.allCases.map { _ in Tally() }
  /// How late requests left, in nanoseconds: the generator's own fault.
  private(set) var lag = Tally.histogram()
  /// Answers that make room for the next question, where the server sets the pace.
  private var vacancies = 0

  /// Requests that become due within this time leave together.
  private static let tickNanoseconds: UInt64 = 100_000
  /// Requests whose time is over are looked for at least at this interval.
  private static let sweepNanoseconds: UInt64 = 10_000_000
  /// Requests beyond are not sent: the server is long lost.
  private static let waitingMax = 1_000_000

  init(_ plan: LoadPlan, hub: LineHub, loop: any EventLoop, workload: Workload) {
    (self.plan, self.hub, self.loop, self.workload) = (plan, hub, loop, workload)
    clock = LoadClock(plan, start: LoadClock.now)
    timeoutNanoseconds = LoadClock.nanoseconds(plan.timeoutSeconds)
    done = loop.makePromise()
    schedules = RequestKind.allCases.map { kind in
      ArrivalSchedule(perSecond: plan.perSecond(kind) ?? 0, seed: plan.seed &+ 10 &+ UInt64(kind.rawValue))
    }
  }

  /// Runs until the end and until nothing is waited for any more.
  func run() -> EventLoopFuture<Void> {
    hub.listener = self
    if case .closed(let inFlight) = plan.pace { vacancies = inFlight }
    tick()
    return done.futureResult
  }

  // MARK: Sending

  private func tick() {
    for kind in RequestKind.allCases { sendDue(kind) }
    fillVacancies()
    hub.flush()
    giveUpOldest()
    let now = LoadClock.now
    if now >= clock.end, flights.count == 0 { return done.succeed() }
    let due = schedules.map { clock.due($0.nextSeconds) }.min() ?? .max
    let next = max(now + Self.tickNanoseconds, min(due, now + Self.sweepNanoseconds))
    loop.assumeIsolated().scheduleTask(deadline: .uptimeNanoseconds(next)) { self.tick() }
  }

  private func sendDue(_ kind: RequestKind) {
    let now = LoadClock.now
    while true {
      let due = clock.due(schedules[kind.rawValue].nextSeconds)
      guard due <= now else { return }
      schedules[kind.rawValue].advance()
      send(kind, due: due)
    }
  }

  private func fillVacancies() {
    guard vacancies > 0 else { return }
    let now = LoadClock.now
    let count = now < clock.end ? vacancies : 0
    vacancies = 0
    for _ in 0..<count { send(.ask, due: now) }
  }

  private func send(_ kind: RequestKind, due: UInt64) {
    let isMeasured = clock.isMeasured(due)
    guard let (index, line) = hub.next() else {
      if isMeasured { tallies[kind.rawValue].refuse(code: FailureCode.lost) }
      return
    }
    guard flights.count < Self.waitingMax else {
      if isMeasured { tallies[kind.rawValue].refuse(code: FailureCode.notSent) }
      return
    }
    let id = flights.begin(Flight(kind: kind, dueNanoseconds: due, line: index))
    line.write(workload.call(kind, id: id), id: id)
    guard isMeasured else { return }
    tallies[kind.rawValue].send()
    lag.record(LoadClock.now - due)
  }

  // MARK: Answers

  func received(_ bytes: UnsafeRawBufferPointer, id: UInt64) {}

  func answered(id: UInt64, code: String?) {
    guard let flight = flights.end(id) else { return }
    let now = LoadClock.now
    let kind = flight.kind.rawValue
    if code == nil, clock.isMeasured(now) { tallies[kind].answeredInTime += 1 }
    if clock.isMeasured(flight.dueNanoseconds) {
      if let code {
        tallies[kind].refuse(code: code)
      } else {
        tallies[kind].answer(afterNanoseconds: now - flight.dueNanoseconds)
      }
    }
    ended(flight, id: id, isDone: code == nil)
  }

  func readCompleted() {
    guard vacancies > 0 else { return }
    fillVacancies()
    hub.flush()
  }

  func lost(line: Int) {
    for (id, flight) in flights.endAll(line: line) { giveUp(flight, id: id, code: FailureCode.lost) }
  }

  private func giveUpOldest() {
    let now = LoadClock.now
    guard now > timeoutNanoseconds else { return }
    while let (id, flight) = flights.endOldest(dueBefore: now - timeoutNanoseconds) {
      giveUp(flight, id: id, code: FailureCode.timeout)
    }
  }

  private func giveUp(_ flight: Flight, id: UInt64, code: String) {
    if clock.isMeasured(flight.dueNanoseconds) {
      tallies[flight.kind.rawValue].giveUp(code: code, afterNanoseconds: LoadClock.now - flight.dueNanoseconds)
    }
    ended(flight, id: id, isDone: false)
  }

  private func ended(_ flight: Flight, id: UInt64, isDone: Bool) {
    workload.ended(flight.kind, id: id, isDone: isDone)
    if flight.kind == .ask, plan.pace != .open { vacancies += 1 }
  }
}

/// Failures that are no refusal of the server.
enum FailureCode {
  static let lost = "CONNECTION_LOST"
  static let notSent = "NOT_SENT"
  static let timeout = "TIMEOUT"
}

extension LoadPlan {
  /// Reports in one call: no unit reports twice in it.
  var reportsPerCall: Double { Double(max(1, min(mix.positionsPerCall, unitCount))) }

  /// How many requests of a kind the plan wants; `nil` where the server sets the pace.
  func perSecond(_ kind: RequestKind) -> Double? {
    switch kind {
    case .ask: pace == .open ? mix.asksPerSecond : nil
    case .position: mix.positionsPerSecond / reportsPerCall
    case .closure: mix.closureChangesPerSecond
    }
  }
}
