import API

/// A stream of answer messages, as bytes: what a transport takes one by one when its client can take them.
public struct MessageStream: Sendable {
  private let takeNext: @Sendable () -> Result<[UInt8]?, CallStatus>
  private let setReady: @Sendable (@escaping @Sendable () -> Void) -> Void
  private let end: @Sendable () -> Void

  init<Answer>(_ stream: any AnswerStream<Answer>, write: @escaping @Sendable (Answer) -> [UInt8]) {
    takeNext = {
      Result { () throws(EngineError) in try stream.next() }.mapError { CallStatus($0) }.map { $0.map(write) }
    }
    setReady = { stream.onReady($0) }
    end = { stream.cancel() }
  }

  /// The next message, `nil` if there is none now, or why the stream is over. One caller at a time.
  public func next() -> Result<[UInt8]?, CallStatus> { takeNext() }

  /// Sets who is told, once each time, when ``next()`` may have a message. Called once.
  public func onReady(_ ready: @escaping @Sendable () -> Void) { setReady(ready) }

  /// Ends the stream; may be called more than once.
  public func cancel() { end() }
}
