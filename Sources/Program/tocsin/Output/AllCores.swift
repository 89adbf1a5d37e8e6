import Dispatch
import Synchronization

/// Work that falls into parts.
enum AllCores {
  /// What `body` makes of each number below `count`, on all cores, in the order of the numbers.
  static func map<Part: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Part) -> [Part] {
    let found = Mutex<[Part?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { number in
      let part = body(number)
      found.withLock { $0[number] = part }
    }
    return found.withLock { $0.compactMap(\.self) }
  }
}
