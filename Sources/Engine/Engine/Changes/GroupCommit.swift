import Dispatch
import Synchronization

/// Does calls that wait at the same time together: the first caller does its own, and those that came meanwhile are
/// done at once by the first one that waits. So one wait for the disk serves them all.
final class GroupCommit<Call: Sendable, Outcome: Sendable>: Sendable {
  private final class Ticket: @unchecked Sendable {
    // Unchecked: the outcome is written before the semaphore is signalled and read after.
    let call: Call
    var outcome: Outcome?
    let isOver = DispatchSemaphore(value: 0)

    init(_ call: Call) { self.call = call }
  }

  private struct State {
    var waiting: [Ticket] = []
    var isBusy = false
  }

  private let state = Mutex(State())

  /// How many calls wait for their turn.
  var waitingCount: Int { state.withLock { $0.waiting.count } }

  /// Waits for the call's turn and returns its outcome.
  ///
  /// - Parameter runAll: does calls in their order, an outcome for each. Never runs twice at the same time.
  func run(_ call: Call, runAll: ([Call]) -> [Outcome]) -> Outcome {
    let ticket = Ticket(call)
    let mustWait = state.withLock { state in
      state.waiting.append(ticket)
      defer { state.isBusy = true }
      return state.isBusy
    }
    if mustWait { ticket.isOver.wait() }
    if ticket.outcome == nil { lead(runAll) }
    guard let outcome = ticket.outcome else { preconditionFailure("the leading call is the first that waits") }
    return outcome
  }

  /// Does all calls that wait, and hands over to the first of those that came meanwhile.
  private func lead(_ runAll: ([Call]) -> [Outcome]) {
    let group = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    let outcomes = runAll(group.map(\.call))
    precondition(outcomes.count == group.count, "an outcome for each call")
    for (ticket, outcome) in zip(group, outcomes) { ticket.outcome = outcome }
    let next = state.withLock { state in
      state.isBusy = !state.waiting.isEmpty
      return state.waiting.first
    }
    for ticket in group { ticket.isOver.signal() }
    next?.isOver.signal()
  }
}
