import Synchronization

/// The connections that have brought nothing yet, but for questions how the server is. Where connections are few, the
/// oldest of them makes room for a new one.
public final class SilentConnections: Sendable {
  private struct State {
    var lastNumber: UInt64 = 0
    var closeByNumber: [UInt64: @Sendable () -> Void] = [:]
    /// Numbers below it are gone.
    var firstNumber: UInt64 = 1
  }

  private let state = Mutex(State())

  /// How many there are.
  public var count: Int { state.withLock { $0.closeByNumber.count } }

  /// Adds a connection.
  ///
  /// - Parameter close: closes it; called on any thread.
  /// - Returns: its number.
  public func add(_ close: @escaping @Sendable () -> Void) -> UInt64 {
    state.withLock { state in
      state.lastNumber += 1
      state.closeByNumber[state.lastNumber] = close
      return state.lastNumber
    }
  }

  /// A connection has brought something, or is closed.
  public func remove(_ number: UInt64) { state.withLock { _ = $0.closeByNumber.removeValue(forKey: number) } }

  /// Closes the oldest one; false if there is none. O(1), over many calls.
  func closeOldest() -> Bool {
    let close = state.withLock { state -> (@Sendable () -> Void)? in
      while state.firstNumber <= state.lastNumber {
        defer { state.firstNumber += 1 }
        if let close = state.closeByNumber.removeValue(forKey: state.firstNumber) { return close }
      }
      return nil
    }
    close?()
    return close != nil
  }
}
