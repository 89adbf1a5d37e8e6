import Messages
import NIOCore
import NIOPosix
import Synchronization

/// A request on its way through the server. It is started once or dropped once, whoever comes first.
final class PendingRequest: Sendable {
  let id: UInt64
  let method: String
  let payload: [UInt8]
  let deadline: ContinuousClock.Instant?
  private let caller: Caller
  private let answers: AnswerCollector
  private let isTaken = Atomic(false)

  init(_ request: FrameRequest, caller: Caller, answers: AnswerCollector) {
    self.caller = caller
    id = request.id
    method = request.method
    payload = request.payload
    deadline =
      request.deadlineMilliseconds == 0
      ? nil : ContinuousClock.now.advanced(by: .milliseconds(Int64(request.deadlineMilliseconds)))
    self.answers = answers
  }

  /// True for the one caller that may start or drop the request.
  func take() -> Bool { !isTaken.exchange(true, ordering: .acquiringAndReleasing) }

  /// Runs the request, unless it was dropped, and hands over its answer.
  func run(on dispatcher: MessageDispatcher) {
    guard take() else { return }
    let answer = dispatcher.dispatch(method: method, payload: payload, deadline: deadline, caller: caller)
    answers.add(FrameCodec.encode(answer: answer, id: id), finishing: id)
  }
}

/// The requests of all connections: queries, changes and streams, each with threads of their own.
///
/// A change waits for the disk, a query never does. The more changes wait at the same time, the more of them share one
/// wait.
struct RequestLanes: Sendable {
  private let dispatcher: MessageDispatcher
  private let queries: RequestQueue
  private let changes: RequestQueue
  let streams = StreamLane()

  init(dispatcher: MessageDispatcher, queryThreads: Int, changeThreads: Int) {
    self.dispatcher = dispatcher
    queries = RequestQueue(dispatcher: dispatcher, threadCount: queryThreads)
    changes = RequestQueue(dispatcher: dispatcher, threadCount: changeThreads)
  }

  func isStream(_ method: String) -> Bool { dispatcher.isStream(method) }

  /// Opens a stream; never blocks.
  func open(_ stream: StreamCall) { streams.add { [dispatcher] in stream.open(by: dispatcher) } }

  /// Adds requests; never blocks. O(requests).
  func add(_ requests: [PendingRequest]) {
    let isChange = requests.map { dispatcher.changesState($0.method) }
    queries.add(zip(requests, isChange).filter { !$1 }.map(\.0))
    changes.add(zip(requests, isChange).filter { $1 }.map(\.0))
  }

  /// Ends the threads after the requests that they are running.
  func stop() async throws {
    try await queries.stop()
    try await changes.stop()
    try await streams.stop()
  }
}

/// Requests of one lane, in order of arrival, and the threads that run them.
///
/// A thread that was woken takes requests until none is left, so that a burst of small ones costs few wake-ups.
final class RequestQueue: Sendable {
  private struct State {
    var waiting = CircularBuffer<PendingRequest>()
    /// How many threads are taking requests.
    var activeThreads = 0
  }

  private let dispatcher: MessageDispatcher
  private let threads: NIOThreadPool
  private let threadCount: Int
  private let state = Mutex(State())

  init(dispatcher: MessageDispatcher, threadCount: Int) {
    self.dispatcher = dispatcher
    self.threadCount = threadCount
    threads = NIOThreadPool(numberOfThreads: threadCount)
    threads.start()
  }

  /// Adds requests; never blocks. O(requests).
  func add(_ requests: [PendingRequest]) {
    let wakeCount = state.withLock { state in
      state.waiting.append(contentsOf: requests)
      let count = min(threadCount - state.activeThreads, requests.count)
      state.activeThreads += count
      return count
    }
    for _ in 0..<wakeCount {
      threads.submit { _ in self.runAll() }
    }
  }

  /// Ends the threads after the requests that they are running.
  func stop() async throws { try await threads.shutdownGracefully() }

  private func runAll() {
    while let request = next() { request.run(on: dispatcher) }
  }

  private func next() -> PendingRequest? {
    state.withLock { state in
      if let request = state.waiting.popFirst() { return request }
      state.activeThreads -= 1
      return nil
    }
  }
}
