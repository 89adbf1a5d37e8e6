import Dispatch
import Foundation
import Hierarchy
import Synchronization
import Traffic

@testable import Engine

extension TocsinEngine {
  /// The weights of all profiles as they are now, in the order of their names.
  func metrics() throws -> [Metric] {
    let snapshot = currentState().snapshot
    return try profileNames.map { try profileSnapshot($0, of: snapshot).metric }
  }
}

/// A value that several threads of a test share.
final class Shared<Value: Sendable>: Sendable {
  private let value: Mutex<Value>

  init(_ value: Value) { self.value = Mutex(value) }

  func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    value.withLock { value in
      var copy = value
      defer { value = copy }
      return body(&copy)
    }
  }
}

extension Thread {
  /// Runs `body` on a thread of its own, which the group waits for.
  static func run(in group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
    group.enter()
    Thread.detachNewThread {
      body()
      group.leave()
    }
  }
}

extension TocsinEngine {
  /// The roads of each profile as queries see them now.
  var roadsByProfile: [String: ProfileRoads] {
    let snapshot = currentState().snapshot
    return profileNames.reduce(into: [:]) { $0[$1] = snapshot[profile: $1]?.roads }
  }
}
