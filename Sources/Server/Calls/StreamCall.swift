import API
import Access
import Messages
import NIOCore
import Synchronization

/// A stream on its way to a client: opened, then asked for its next message when it has one and the client takes it.
///
/// An idle stream costs its memory only. One thread at a time works for it. Its work ends with the stream, and the
/// rules of access are looked at for each message.
public final class StreamCall: TurnTaker {
  private enum Phase {
    case waiting
    case open(MessageStream)
    case ended
  }

  private struct State {
    var phase = Phase.waiting
    /// There is something to do: open it, or ask for its next message.
    var isReady = false
    /// A thread works for it, or it waits for its turn.
    var isScheduled = false
    /// Ready to be asked, but the client does not take what was sent before.
    var isHeld = false
  }

  /// The connection's own number for it.
  public let id: UInt64
  let caller: String
  let arrival = ContinuousClock.now
  private let request: CallRequest
  private let session: ClientSession
  private let sink: any AnswerSink
  private let service: CallService
  private let limit: WorkLimit
  private let cancellation = Cancellation()
  private let state = Mutex(State())

  init(_ request: CallRequest, of caller: String, _ session: ClientSession, sink: any AnswerSink, service: CallService)
  {
    (id, self.request, self.caller, self.session) = (request.id, request, caller, session)
    (self.sink, self.service) = (sink, service)
    limit = WorkLimit(deadline: request.timeout.map { .now.advanced(by: $0) }, cancellation: cancellation)
  }

  /// Opens the stream, which ends when the time of its caller, or of its caller's token, is over; never blocks.
  public func start(timedBy eventLoop: any EventLoop) {
    service.openStreams.add(self)
    schedule()
    if let timeout = request.timeout {
      eventLoop.scheduleTask(in: .secondsOf(timeout / .seconds(1))) { [weak self] in
        self?.end(CallStatus(.deadlineExceeded, "the time of the stream is over"))
      }
    }
    if let expires = service.expiry(of: request, session) {
      eventLoop.scheduleTask(in: .secondsOf(expires.timeIntervalSinceNow)) { [weak self] in self?.checkRules() }
    }
  }

  /// Ends the stream if its caller may not have it any more.
  func checkRules() {
    var session = session
    do throws(CallStatus) { try service.check(request.method, token: request.token, of: &session) } catch { end(error) }
  }

  private func schedule() {
    let isNew = state.withLock { state in
      state.isReady = true
      return !exchange(&state.isScheduled, with: true)
    }
    if isNew { service.streamQueue.add([self], of: caller) }
  }

  /// Opens the stream, or sends its next message, on a thread of the streams.
  func work() {
    state.withLock { $0.isReady = false }
    switch state.withLock({ $0.phase }) {
    case .waiting: open()
    case .open(let stream): sendNext(of: stream)
    case .ended: break
    }
    let goesOn = state.withLock { state in
      state.isScheduled = state.isReady
      return state.isReady
    }
    if goesOn { service.streamQueue.add([self], of: caller) }
  }

  private func open() {
    switch request.message().flatMap({ service.dispatcher.open(method: request.method, payload: $0) }) {
    case .failure(let status): end(status)
    case .success(let stream):
      let isWanted = state.withLock { state in
        guard case .waiting = state.phase else { return false }
        state.phase = .open(stream)
        return true
      }
      guard isWanted else { return stream.cancel() }
      stream.onReady { [weak self] in self?.schedule() }
    }
  }

  /// Sends the next message if there is one and the client takes it.
  private func sendNext(of stream: MessageStream) {
    let isTaken = state.withLock { state in
      state.isHeld = !sink.takesStreams()
      return !state.isHeld
    }
    guard isTaken else { return }
    let next = stream.next(limit)
    // What happened before its caller lost the right to it is not told any more.
    checkRules()
    switch next {
    case .failure(let status): end(status)
    case .success(nil): return
    case .success(.some(let message)) where stream.isOver(): end(with: .success(message))
    case .success(.some(let message)):
      let isOpen = state.withLock { if case .open = $0.phase { true } else { false } }
      if isOpen { sink.stream(message, to: id) }
    }
  }

  /// The client takes messages again.
  public func resume() { if state.withLock({ exchange(&$0.isHeld, with: false) }) { schedule() } }

  /// Ends the stream, and its work, and tells the client why unless it is gone. The first call counts.
  public func end(_ status: CallStatus?) { end(with: status.map { .failure($0) }) }

  private func end(with last: Result<[UInt8], CallStatus>?) {
    cancellation.cancel()
    let phase = state.withLock { exchange(&$0.phase, with: .ended) }
    if case .ended = phase { return }
    if case .open(let stream) = phase { stream.cancel() }
    service.openStreams.remove(self)
    service.streams.giveBack(1)
    service.streamsOfCallers.giveBack(caller)
    if service.dispatcher.hasPieces(request.method) {
      service.pieceStreams.giveBack(1)
      service.pieceStreamsOfCallers.giveBack(caller)
    }
    if let last { sink.answer(last, to: id) }
  }
}

/// The streams that are open, for those who must look at all of them.
final class OpenStreams: Sendable {
  private let streams = Mutex<[ObjectIdentifier: StreamCall]>([:])

  var all: [StreamCall] { streams.withLock { Array($0.values) } }

  func add(_ stream: StreamCall) { streams.withLock { $0[ObjectIdentifier(stream)] = stream } }

  func remove(_ stream: StreamCall) { streams.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(stream)) } }
}
