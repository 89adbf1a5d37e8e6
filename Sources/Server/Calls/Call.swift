import API
import Messages
import Synchronization

/// A request on its way through the server. It is started once or dropped once, whoever comes first.
public final class Call: TurnTaker {
  /// The connection's own number for it.
  public let id: UInt64
  let method: String
  /// Whom it counts for.
  let caller: String
  private let request: CallRequest
  let arrival: ContinuousClock.Instant
  private let deadline: ContinuousClock.Instant?
  private let origin: ChangeOrigin
  private let sink: any AnswerSink
  private let service: CallService
  private let isTaken = Atomic(false)
  private let cancellation = Cancellation()
  /// Its request, once it was read.
  private let prepared = Mutex<PreparedCall?>(nil)

  /// What the request holds in memory.
  public var payloadBytes: Int { request.payload.count }

  init(
    _ request: CallRequest, of caller: String, arrival: ContinuousClock.Instant, deadline: ContinuousClock.Instant?,
    origin: ChangeOrigin, sink: any AnswerSink, service: CallService
  ) {
    (id, method, self.request) = (request.id, request.method, request)
    (self.caller, self.arrival, self.deadline) = (caller, arrival, deadline)
    (self.origin, self.sink, self.service) = (origin, sink, service)
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

  /// Runs the request on a thread of a lane, unless it was dropped, and hands over its answer. Where only its request,
  /// which is read now, shows that it belongs to another lane, it goes there.
  func run(in lane: CallLane) {
    if isTaken.load(ordering: .acquiring) || sink.holdsBack(self) { return }
    let start = ContinuousClock.now
    let known = prepared.withLock { $0 }
    let call =
      known.map { .success($0) }
      ?? request.message().flatMap { service.dispatcher.prepare(method: method, payload: $0, deadline: deadline) }
    if case .success(let call) = call, known == nil, call.lane != lane {
      prepared.withLock { $0 = call }
      return service.lanes[call.lane].add([self], of: caller)
    }
    guard take() else { return }
    let limit = WorkLimit(deadline: deadline, cancellation: cancellation)
    let answer = call.flatMap { $0.run(for: method, by: origin, within: limit) }.flatMap(sent)
    // Counted first: who has its answer finds it counted.
    service.metrics.record(self, start: start, answer: answer)
    sink.answer(answer, to: id)
  }

  /// An answer, if there is room for it. That of a change is always sent: it is made.
  private func sent(_ answer: [UInt8]) -> Result<[UInt8], CallStatus> {
    guard !service.dispatcher.isChange(method), let refusal = service.unsentAnswers.refusal(ofAnswer: answer.count)
    else { return .success(answer) }
    return .failure(refusal)
  }

  /// Queues up again: its client takes answers again.
  func comeBack() {
    let known = prepared.withLock { $0?.lane }
    let lane = known ?? service.dispatcher.lane(of: method, payloadBytes: payloadBytes)
    service.lanes[lane].add([self], of: caller)
  }
}
