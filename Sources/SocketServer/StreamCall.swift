import Messages
import Synchronization

/// A stream on its way to a client: opened, then asked for its next message whenever it has one and the client takes it.
///
/// An idle stream costs its memory only. One thread at a time works for it: that of the lane for streams.
final class StreamCall: Sendable {
  private enum Phase {
    case waiting
    case open(MessageStream)
    /// Ready to be asked, but the client does not take what was sent before.
    case held(MessageStream)
    case ended
  }

  let id: UInt64
  private let request: FrameRequest
  private let answers: AnswerCollector
  private let lane: StreamLane
  private let phase = Mutex(Phase.waiting)

  init(_ request: FrameRequest, answers: AnswerCollector, lane: StreamLane) {
    (id, self.request, self.answers, self.lane) = (request.id, request, answers, lane)
  }

  /// Opens the stream, on the lane's thread.
  func open(by dispatcher: MessageDispatcher) {
    switch dispatcher.open(method: request.method, payload: request.payload) {
    case .failure(let status): end(status)
    case .success(let stream):
      let isWanted = phase.withLock { phase in
        guard case .waiting = phase else { return false }
        phase = .open(stream)
        return true
      }
      guard isWanted else { return stream.cancel() }
      stream.onReady { [weak self] in
        guard let self else { return }
        lane.add { self.sendNext() }
      }
    }
  }

  /// Sends the next message if there is one and the client takes it, on the lane's thread.
  private func sendNext() {
    let stream = phase.withLock { phase -> MessageStream? in
      guard case .open(let stream) = phase else { return nil }
      if answers.isTaken { return stream }
      phase = .held(stream)
      return nil
    }
    guard let stream else { return }
    switch stream.next() {
    case .failure(let status): end(status)
    case .success(nil): return
    case .success(.some(let message)):
      let isOpen = phase.withLock { if case .open = $0 { true } else { false } }
      if isOpen { answers.add(FrameCodec.encode(streamed: message, id: id), finishing: nil) }
    }
  }

  /// The client takes messages again.
  func resume() {
    let isHeld = phase.withLock { phase in
      guard case .held(let stream) = phase else { return false }
      phase = .open(stream)
      return true
    }
    if isHeld { lane.add { self.sendNext() } }
  }

  /// Ends the stream, and tells the client why unless it is gone. The first call counts.
  func end(_ status: CallStatus?) {
    let stream = phase.withLock { phase -> MessageStream?? in
      defer { phase = .ended }
      switch phase {
      case .waiting: return .some(nil)
      case .open(let stream), .held(let stream): return .some(stream)
      case .ended: return nil
      }
    }
    guard let stream else { return }
    stream?.cancel()
    if let status { answers.add(FrameCodec.encode(answer: .failure(status), id: id), finishing: id) }
  }
}
