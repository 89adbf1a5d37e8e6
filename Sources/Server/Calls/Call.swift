import API
import Messages
import Synchronization

/// A request on its way through the server. It is started once or dropped once, whoever comes first.
public final class Call: Sendable {
  /// The connection's own number for it.
  public let id: UInt64
  let method: String
  let payload: [UInt8]
  let arrival: ContinuousClock.Instant
  private let deadline: ContinuousClock.Instant?
  private let origin: ChangeOrigin
  private let sink: any AnswerSink
  private let isTaken = Atomic(false)
  private let cancellation = Cancellation()

  /// What the request holds in memory.
  public var payloadBytes: Int { payload.count }

  init(
    id: UInt64, method: String, payload: [UInt8], arrival: ContinuousClock.Instant,
    deadline: ContinuousClock.Instant?, origin: ChangeOrigin, sink: any AnswerSink
  ) {
    (self.id, self.method, self.payload, self.arrival) = (id, method, payload, arrival)
    (self.deadline, self.origin, self.sink) = (deadline, origin, sink)
  }

  /// True for the one caller that may start or drop the request.
  private func take() -> Bool { !isTaken.exchange(true, ordering: .acquiringAndReleasing) }

  /// Drops the request if it has not started, and tells the client why.
  func refuse(_ status: CallStatus) { if take() { sink.answer(.failure(status), to: id) } }

  /// The client wants no answer any more: drops the request if it has not started, ends long work otherwise. It is
  /// answered `CANCELLED`, unless its answer came first.
  public func cancel() {
    cancellation.cancel()
    refuse(CallStatus(.cancelled, "the client cancelled the request before it started"))
  }

  /// The same for a client that is gone: nobody is answered.
  public func abandon() {
    cancellation.cancel()
    _ = take()
  }

  /// Runs the request, unless it was dropped, and hands over its answer.
  func run(on dispatcher: MessageDispatcher, metrics: CallMetrics) {
    guard take() else { return }
    let start = ContinuousClock.now
    let answer = dispatcher.dispatch(
      method: method, payload: payload, deadline: deadline, cancellation: cancellation, origin: origin)
    // Counted first: who has its answer finds it counted.
    metrics.record(self, start: start, answer: answer)
    sink.answer(answer, to: id)
  }
}
