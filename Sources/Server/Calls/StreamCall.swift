import Messages
import NIOCore
import Synchronization

/// A stream on its way to a client: opened, then asked for its next message when it has one and the client takes it.
///
/// An idle stream costs its memory only. One thread at a time works for it: that of the queue of streams.
public final class StreamCall: Sendable {
  private enum Phase {
    case waiting
    case open(MessageStream)
    /// Ready to be asked, but the client does not take what was sent before.
    case held(MessageStream)
    case ended
  }

  /// The connection's own number for it.
  public let id: UInt64
  private let request: CallRequest
  private let sink: any AnswerSink
  private let service: CallService
  private let phase = Mutex(Phase.waiting)

  init(_ request: CallRequest, sink: any AnswerSink, service: CallService) {
    (id, self.request, self.sink, self.service) = (request.id, request, sink, service)
  }

  /// Opens the stream, which ends when the time of its caller is over; never blocks.
  public func start(timedBy eventLoop: any EventLoop) {
    service.streamQueue.add { self.open() }
    guard let timeout = request.timeout else { return }
    eventLoop.scheduleTask(in: .secondsOf(timeout / .seconds(1))) { [weak self] in
      self?.end(CallStatus(.deadlineExceeded, "the time of the stream is over"))
    }
  }

  private func open() {
    switch service.dispatcher.open(method: request.method, payload: request.payload) {
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
        service.streamQueue.add { self.sendNext() }
      }
    }
  }

  /// Sends the next message if there is one and the client takes it, on the queue's thread.
  private func sendNext() {
    let stream = phase.withLock { phase -> MessageStream? in
      guard case .open(let stream) = phase else { return nil }
      if sink.isWritable { return stream }
      phase = .held(stream)
      return nil
    }
    guard let stream else { return }
    switch stream.next() {
    case .failure(let status): end(status)
    case .success(nil): return
    case .success(.some(let message)):
      let isOpen = phase.withLock { if case .open = $0 { true } else { false } }
      if isOpen { sink.stream(message, to: id) }
    }
  }

  /// The client takes messages again.
  public func resume() {
    let isHeld = phase.withLock { phase in
      guard case .held(let stream) = phase else { return false }
      phase = .open(stream)
      return true
    }
    if isHeld { service.streamQueue.add { self.sendNext() } }
  }

  /// Ends the stream, and tells the client why unless it is gone. The first call counts.
  public func end(_ status: CallStatus?) {
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
    service.streams.giveBack(1)
    if let status { sink.answer(.failure(status), to: id) }
  }
}
