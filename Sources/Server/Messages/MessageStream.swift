import API

/// A stream of answer messages, as bytes: what a transport takes one by one when its client can take them.
public struct MessageStream: Sendable {
  /// The next message, `nil` if there is none now, or why the stream is over. One caller at a time; the limit ends it.
  public let next: @Sendable (WorkLimit) -> Result<[UInt8]?, CallStatus>
  /// True once ``next`` gave the last message: then the stream ends in good order.
  public let isOver: @Sendable () -> Bool
  /// Sets who is told, once each time, when ``next`` may have a message. Called once.
  public let onReady: @Sendable (@escaping @Sendable () -> Void) -> Void
  /// Ends the stream; may be called more than once.
  public let cancel: @Sendable () -> Void

  init<Answer>(_ stream: any AnswerStream<Answer>, write: @escaping @Sendable (Answer) -> [UInt8]) {
    next = { limit in
      Result { () throws(EngineError) in try stream.next(within: limit) }.mapError { CallStatus($0) }.map {
        $0.map(write)
      }
    }
    isOver = { stream.isOver }
    onReady = { stream.onReady($0) }
    cancel = { stream.cancel() }
  }
}
