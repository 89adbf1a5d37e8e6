import Calls
import Messages
import NIOCore
import Synchronization

/// Gathers the answers of one connection until its event loop sends them, all in one write.
///
/// Threads add answers at any time. Only the first one after a send wakes the event loop: under load, the others are
/// carried along.
final class AnswerCollector: AnswerSink {
  /// Answers that are ready to be sent.
  struct Batch {
    var bytes = ByteBuffer()
    /// The requests that are done with them.
    var finishedIDs: [UInt64] = []
  }

  private struct State {
    var batch = Batch()
    var isSendScheduled = false
    var send: (@Sendable () -> Void)?
  }

  private let eventLoop: any EventLoop
  private let state: Mutex<State>
  private let isTakenFlag = Atomic(true)

  /// True while the client takes what is sent. Streams wait otherwise.
  var isTaken: Bool {
    get { isTakenFlag.load(ordering: .acquiring) }
    set { isTakenFlag.store(newValue, ordering: .releasing) }
  }

  /// - Parameter send: takes the batch and sends it; called on the event loop.
  init(eventLoop: any EventLoop, send: @escaping @Sendable () -> Void) {
    self.eventLoop = eventLoop
    state = Mutex(State(send: send))
  }

  /// Adds the frames of an answer, on any thread. `finishing` is its request, if it had one.
  func add(_ frames: [UInt8], finishing id: UInt64?) {
    let send = state.withLock { state -> (@Sendable () -> Void)? in
      state.batch.bytes.writeBytes(frames)
      if let id { state.batch.finishedIDs.append(id) }
      guard !state.isSendScheduled else { return nil }
      state.isSendScheduled = true
      return state.send
    }
    if let send { eventLoop.execute(send) }
  }

  func answer(_ answer: Result<[UInt8], CallStatus>, to id: UInt64) {
    add(FrameCodec.encode(answer: answer, id: id), finishing: id)
  }

  func stream(_ message: [UInt8], to id: UInt64) {
    add(FrameCodec.encode(streamed: message, id: id), finishing: nil)
  }

  /// All answers since the last call, on the event loop.
  func take() -> Batch {
    state.withLock { state in
      state.isSendScheduled = false
      return exchange(&state.batch, with: Batch())
    }
  }

  /// Ends sending; further answers are dropped with the collector.
  func close() {
    state.withLock { $0.send = nil }
  }
}

private func exchange<Value>(_ value: inout Value, with other: consuming Value) -> Value {
  let old = value
  value = other
  return old
}
