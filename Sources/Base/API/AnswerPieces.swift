import Synchronization

/// One answer as a stream of pieces, for callers who don't take it as a whole.
///
/// Found when the first piece is asked for, all of it on one moment of traffic.
public final class AnswerPieces<Answer: Sendable>: AnswerStream {
  private struct State {
    /// Not given yet, the last one first; `nil` before the answer is found.
    var left: [Answer]?
    var ready: (@Sendable () -> Void)?
  }

  private let find: @Sendable (WorkLimit) throws(EngineError) -> [Answer]
  private let state = Mutex(State())

  /// - Parameter find: finds the answer and cuts it, into one piece at least.
  public init(_ find: @escaping @Sendable (WorkLimit) throws(EngineError) -> [Answer]) { self.find = find }

  public func next(within limit: WorkLimit) throws(EngineError) -> Answer? {
    if state.withLock({ $0.left == nil }) {
      let pieces = try find(limit)
      state.withLock { $0.left = pieces.reversed() }
    }
    let (piece, ready) = state.withLock { state in
      let piece = state.left?.popLast()
      return (piece, state.left?.isEmpty == false ? state.ready : nil)
    }
    ready?()
    return piece
  }

  public var isOver: Bool { state.withLock { $0.left?.isEmpty == true } }

  public func onReady(_ ready: @escaping @Sendable () -> Void) {
    state.withLock { $0.ready = ready }
    ready()
  }

  public func cancel() {
    state.withLock { state in
      state.ready = nil
      if state.left != nil { state.left = [] }
    }
  }
}
