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
  }

  private let eventLoop: any EventLoop
  private let state: Mutex<State>
  private let isWritableFlag = Atomic(true)

  /// True while the client takes what is sent. Streams wait otherwise.
  public var isWritable: Bool {
    get { isWritableFlag.load(ordering: .acquiring) }
    set { isWritableFlag.store(newValue, ordering: .releasing) }
  }

  /// - Parameter send: takes the batch and sends it; called on the event loop.
  public init(eventLoop: any EventLoop, send: @escaping @Sendable () -> Void) {
    self.eventLoop = eventLoop
    state = Mutex(State(send: send))
  }

  /// Adds an answer, or the end of a stream, on any thread.
  public func answer(_ answer: Result<[UInt8], CallStatus>, to id: UInt64) { add(Batch.piece(answer: answer, id: id)) }

  /// Adds a message of a stream, on any thread.
  public func stream(_ message: [UInt8], to id: UInt64) { add(Batch.piece(streamed: message, id: id)) }

  /// Adds a piece, on any thread.
  public func add(_ piece: Batch.Piece) {
    let send = state.withLock { state -> (@Sendable () -> Void)? in
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

  /// Ends sending; further answers are dropped with the answers.
  public func close() { state.withLock { $0.send = nil } }
}
