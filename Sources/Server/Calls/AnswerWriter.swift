import Messages
import NIOCore
import Synchronization

/// Answers in the form in which one kind of transport sends them, gathered.
public protocol AnswerBatch: Sendable {
  /// One answer, made on the thread that ran the call.
  associatedtype Piece: Sendable
  init()
  /// An answer, or the end of a stream.
  static func piece(answer: Result<[UInt8], CallStatus>, id: UInt64) -> Piece
  /// A message of a stream that goes on.
  static func piece(streamed message: [UInt8], id: UInt64) -> Piece
  /// What a piece holds in memory until the client takes it.
  static func bytes(of piece: Piece) -> Int
  /// Adds one; short, since a lock is held.
  mutating func append(_ piece: Piece)
}

/// Gathers the answers of one connection until its event loop sends them, all in one write.
///
/// Threads add answers at any time. Only the first one after a send wakes the event loop: under load, the others are
/// carried along.
public final class AnswerWriter<Batch: AnswerBatch>: AnswerSink {
  private struct State {
    var batch = Batch()
    var isSendScheduled = false
    var send: (@Sendable () -> Void)?
    /// Added, and not taken by the client.
    var unsentBytes = 0
    /// They begin once the client takes what is there.
    var heldBack: [Call] = []
    /// Streams wait for that as well.
    var holdsStreams = false
  }

  private let eventLoop: any EventLoop
  private let state: Mutex<State>
  private let unsent: UnsentAnswers
  private let isWritableFlag = Atomic(true)

  /// True while the transport takes what is sent.
  public var isWritable: Bool {
    get { isWritableFlag.load(ordering: .acquiring) }
    set { isWritableFlag.store(newValue, ordering: .releasing) }
  }

  /// Streams wait while more is added and not taken: there may be many of a connection, and each has a piece.
  private static var streamBytesMax: Int { 256 << 10 }

  /// - Parameter send: takes the batch and sends it; called on the event loop.
  public init(eventLoop: any EventLoop, unsent: UnsentAnswers, send: @escaping @Sendable () -> Void) {
    (self.eventLoop, self.unsent) = (eventLoop, unsent)
    state = Mutex(State(send: send))
  }

  /// Adds an answer, or the end of a stream, on any thread.
  public func answer(_ answer: Result<[UInt8], CallStatus>, to id: UInt64) { add(Batch.piece(answer: answer, id: id)) }

  /// Adds a message of a stream, on any thread.
  public func stream(_ message: [UInt8], to id: UInt64) { add(Batch.piece(streamed: message, id: id)) }

  /// Adds a piece, on any thread.
  public func add(_ piece: Batch.Piece) {
    let bytes = Batch.bytes(of: piece)
    let send = state.withLock { state -> (@Sendable () -> Void)? in
      guard state.send != nil else { return nil }
      state.unsentBytes += bytes
      unsent.add(bytes)
      state.batch.append(piece)
      return exchange(&state.isSendScheduled, with: true) ? nil : state.send
    }
    if let send { eventLoop.execute(send) }
  }

  /// All answers since the last call, on the event loop.
  public func take() -> Batch {
    state.withLock { state in
      state.isSendScheduled = false
      return exchange(&state.batch, with: Batch())
    }
  }

  /// Counts what a transport writes by itself.
  public func noteWritten(_ bytes: Int) {
    state.withLock { state in
      guard state.send != nil else { return }
      state.unsentBytes += bytes
      unsent.add(bytes)
    }
  }

  public func takesStreams() -> Bool {
    guard isWritable else { return false }
    return state.withLock { state in
      state.holdsStreams = state.holdsStreams || state.unsentBytes > Self.streamBytesMax
      return state.unsentBytes <= Self.streamBytesMax
    }
  }

  /// The client has taken so much, or will never: calls that were held back begin once half is taken.
  ///
  /// - Returns: true if streams that were told to wait may go on.
  public func wereTaken(_ bytes: Int) -> Bool {
    let (released, goOn) = state.withLock { state -> ([Call], Bool) in
      let count = min(bytes, state.unsentBytes)
      state.unsentBytes -= count
      unsent.remove(count)
      let goOn = state.holdsStreams && state.unsentBytes <= Self.streamBytesMax / 2
      if goOn { state.holdsStreams = false }
      guard state.unsentBytes <= unsent.bytesPerConnectionMax / 2, !unsent.isTooMuch(state.unsentBytes) else {
        return ([], goOn)
      }
      return (exchange(&state.heldBack, with: []), goOn)
    }
    for call in released { call.comeBack() }
    return goOn
  }

  /// True if a call is not to begin yet, as the client takes no answers.
  public func holdsBack(_ call: Call) -> Bool {
    state.withLock { state in
      guard unsent.isTooMuch(state.unsentBytes) else { return false }
      state.heldBack.append(call)
      return true
    }
  }

  /// Ends sending; further answers are dropped with the answers.
  public func close() {
    state.withLock { state in
      (state.send, state.heldBack) = (nil, [])
      unsent.remove(exchange(&state.unsentBytes, with: 0))
    }
  }
}
