import NIOCore

/// Calls one by one over the lines of a load, before and after it. It belongs to its event loop.
final class LoadCaller: LineListener {
  private struct Waiting {
    let promise: EventLoopPromise<[UInt8]>
    let timer: Scheduled<Void>
    var payload: [UInt8] = []
  }

  private let hub: LineHub
  private let loop: any EventLoop
  private let writer: CallWriter
  private var waiting: [UInt64: Waiting] = [:]
  /// Far above the ids of the load itself, whose answers may still come.
  private var lastID: UInt64 = 1 << 48

  private static let timeout = TimeAmount.seconds(60)

  init(_ plan: LoadPlan, hub: LineHub, loop: any EventLoop) {
    (self.hub, self.loop, writer) = (hub, loop, CallWriter(plan))
  }

  /// Fails with the server's refusal, `CONNECTION_LOST` or `LOAD_CHECK_FAILED` if no answer comes.
  func call(method: String, payload: [UInt8]) -> EventLoopFuture<[UInt8]> {
    hub.listener = self
    guard let (_, line) = hub.next() else { return loop.makeFailedFuture(Self.lost) }
    lastID += 1
    let id = lastID
    let promise = loop.makePromise(of: [UInt8].self)
    let timer = loop.assumeIsolated().scheduleTask(in: Self.timeout) {
      self.end(id, .failure(LoadError(.checkFailed, "no answer came in time", value: method)))
    }
    waiting[id] = Waiting(promise: promise, timer: timer)
    line.write(writer.prepare(method: method, payload: payload), id: id)
    line.flush()
    return promise.futureResult
  }

  private static var lost: LoadError { LoadError(.connectionLost, "the server closed the connection") }

  func received(_ bytes: UnsafeRawBufferPointer, id: UInt64) { waiting[id]?.payload += bytes }

  func answered(id: UInt64, code: String?) {
    guard let payload = waiting[id]?.payload else { return }
    if let code {
      end(id, .failure(LoadError(.checkFailed, "the server refuses what a load needs", value: code)))
    } else {
      end(id, .success(Array(payload.dropFirst(hub.lines.first?.prefixBytes ?? 0))))
    }
  }

  /// Whatever was called over it, all is lost.
  func lost(line: Int) { for id in waiting.keys { end(id, .failure(Self.lost)) } }

  func readCompleted() {}

  private func end(_ id: UInt64, _ result: Result<[UInt8], any Error>) {
    guard let call = waiting.removeValue(forKey: id) else { return }
    call.timer.cancel()
    call.promise.completeWith(result)
  }
}
