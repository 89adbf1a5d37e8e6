import Dispatch

/// Loops over independent pieces on all cores.
enum Parallel {
  /// Calls `body` with 0, 1, ... `count` - 1, on several threads at once; returns when all calls have.
  ///
  /// - Parameter body: must not write what another call reads or writes.
  static func forEach(count: Int, _ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: count) { body($0) }
    }
  }

  /// What `transform` makes of each input, in their order.
  static func map<Input, Output>(_ inputs: [Input], _ transform: (Input) -> Output) -> [Output] {
    [Output](unsafeUninitializedCapacity: inputs.count) { buffer, count in
      if let base = buffer.baseAddress {
        forEach(count: inputs.count) { (base + $0).initialize(to: transform(inputs[$0])) }
      }
      count = inputs.count
    }
  }
}
