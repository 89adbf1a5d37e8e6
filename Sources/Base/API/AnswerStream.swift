/// A stream of answers that a transport takes one by one, when its client can take them.
///
/// Nothing piles up: a client that is slow gets the newest answer when it is ready for one.
public protocol AnswerStream<Answer>: AnyObject, Sendable {
  associatedtype Answer: Sendable

  /// The next answer; `nil` if there is none now. One caller at a time.
  ///
  /// - Parameter limit: ends the work for it, and with it the stream.
  /// - Throws: ``EngineError`` if the stream is over.
  func next(within limit: WorkLimit) throws(EngineError) -> Answer?

  /// True if ``next(within:)`` gave the last answer there is. A stream without an end never says so.
  var isOver: Bool { get }

  /// Sets what is called, once each time, when there may be an answer after ``next(within:)`` gave none; and at once if
  /// there is one already. Called once.
  func onReady(_ ready: @escaping @Sendable () -> Void)

  /// The client is gone or has enough. May be called more than once.
  func cancel()
}

extension AnswerStream {
  public var isOver: Bool { false }

  /// The next answer, however long it takes.
  public func next() throws(EngineError) -> Answer? { try next(within: .none) }
}
