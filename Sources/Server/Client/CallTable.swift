import Messages
import NIOCore
import Synchronization

/// The calls of one connection that wait for their answers, and the frames that wait to be sent.
///
/// Tasks add calls from anywhere; the event loop sends all frames that have gathered in one write, and brings the
/// answers. A continuation is resumed by whoever takes its call out of the table, so exactly once.
final class CallTable: Sendable {
  typealias Answer = Result<[UInt8], ClientError>

  private struct Call {
    let waiting: Waiting
    let deadline: NIODeadline
    /// What came so far of an answer in several pieces.
    var payload: [UInt8] = []
  }

  /// Who waits for answers.
  enum Waiting {
    case one(CheckedContinuation<Answer, Never>)
    case stream(AsyncThrowingStream<[UInt8], any Error>.Continuation)

    /// The last answer: what a stream that has an end ends with, or why another one ended.
    func end(_ answer: Answer) {
      switch (self, answer) {
      case (.one(let continuation), _): continuation.resume(returning: answer)
      case (.stream(let continuation), .failure(let error)): continuation.finish(throwing: error)
      case (.stream(let continuation), .success(let message)):
        continuation.yield(message)
        continuation.finish()
      }
    }
  }

  private struct State {
    var calls: [UInt64: Call] = [:]
    var lastID: UInt64 = 0
    var outgoing = ByteBuffer()
    var isSendScheduled = false
    /// Once set, every call fails with it.
    var failure: ClientError?

    /// True if nobody else has told the event loop to send yet.
    mutating func append(_ frame: [UInt8]) -> Bool {
      outgoing.writeBytes(frame)
      return !exchange(&isSendScheduled, with: true)
    }
  }

  private let state = Mutex(State())

  /// An id for a call of this connection, never 0.
  func nextID() -> UInt64 {
    state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
  }

  /// Adds a call and its frame. True if the event loop must be told to send.
  func start(_ id: UInt64, frame: [UInt8], deadline: NIODeadline, _ waiting: Waiting) -> Bool {
    let (mustSend, failure) = state.withLock { state -> (Bool, ClientError?) in
      if let failure = state.failure { return (false, failure) }
      state.calls[id] = Call(waiting: waiting, deadline: deadline)
      return (state.append(frame), nil)
    }
    if let failure { waiting.end(.failure(failure)) }
    return mustSend
  }

  /// Ends a call before its answer, and lets the server drop it. True if the event loop must be told to send.
  func abandon(_ id: UInt64, because error: ClientError) -> Bool {
    guard let cancel = try? FrameCodec.encode(.cancel(id: id)) else { return false }
    let (call, mustSend) = state.withLock { state -> (Call?, Bool) in
      guard let call = state.calls.removeValue(forKey: id) else { return (nil, false) }
      return (call, state.append(cancel))
    }
    call?.waiting.end(.failure(error))
    return mustSend
  }

  /// The frames to send now, on the event loop.
  func takeOutgoing() -> ByteBuffer {
    state.withLock { state in
      state.isSendScheduled = false
      return exchange(&state.outgoing, with: ByteBuffer())
    }
  }

  /// Brings an answer, a message of a stream, or a piece of one, to its call. What belongs to a call that was abandoned
  /// is dropped.
  func receive(_ response: FrameResponse) {
    let (call, answer, isOver) = state.withLock { state -> (Call?, Answer, Bool) in
      guard var call = state.calls.removeValue(forKey: response.id) else { return (nil, .success([]), true) }
      if let refusal = response.refusal { return (call, .failure(ClientError(refusal)), true) }
      if call.payload.isEmpty { call.payload = response.payload } else { call.payload += response.payload }
      if call.payload.count > FrameLimits.answerBytesMax {
        let status = CallStatus(.messageTooLarge, "an answer has at most \(FrameLimits.answerBytesMax) bytes")
        return (call, .failure(ClientError(status)), true)
      }
      let payload = call.payload
      guard response.more || response.isOpen else { return (call, .success(payload), true) }
      if !response.more { call.payload = [] }
      state.calls[response.id] = call
      return (response.more ? nil : call, .success(payload), false)
    }
    guard let call else { return }
    if isOver { return call.waiting.end(answer) }
    if case (.stream(let continuation), .success(let message)) = (call.waiting, answer) { continuation.yield(message) }
  }

  /// The calls whose time is over, and when to look again.
  func expired(at now: NIODeadline) -> (ids: [UInt64], next: NIODeadline?) {
    state.withLock { state in
      (
        ids: state.calls.filter { $0.value.deadline <= now }.map(\.key),
        next: state.calls.values.lazy.map(\.deadline).filter { $0 > now }.min()
      )
    }
  }

  /// Fails all calls, those to come as well; a later failure changes nothing.
  func fail(_ error: ClientError) {
    let calls = state.withLock { state -> [UInt64: Call] in
      if state.failure == nil { state.failure = error }
      return exchange(&state.calls, with: [:])
    }
    for call in calls.values { call.waiting.end(.failure(error)) }
  }
}
