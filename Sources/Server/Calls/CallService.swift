import Access
import Logging
import Messages
import Synchronization

/// Where every transport brings its calls: who may call what, how much at once, and the threads that run it.
///
/// A change waits for the disk, a question never does. The more changes wait at the same time, the more of them share
/// one wait. Under overload the newest questions are refused; changes never are.
public final class CallService: Sendable {
  /// How many threads work.
  public struct Threads: Sendable {
    /// How many questions run at the same time.
    public var questions: Int
    /// How many changes run, or wait for the disk, at the same time.
    public var changes = 16

    public init(questions: Int) { self.questions = questions }
  }

  public let limits: CallLimits
  public let access: AccessControl
  /// Knows the methods, and runs them.
  public let dispatcher: MessageDispatcher
  let logger: Logger
  let metrics: CallMetrics
  /// The bytes of requests that are not whole yet, of all connections.
  public let unfinishedBytes: Quota
  /// The connections of all transports.
  public let connections: Quota
  let streams: Quota
  let streamQueue = StreamQueue()
  private let questions: CallQueue
  private let changes: CallQueue

  public init(
    dispatcher: MessageDispatcher, limits: CallLimits = CallLimits(), access: AccessControl = AccessControl(),
    threads: Threads, logger: Logger
  ) {
    (self.dispatcher, self.limits, self.access, self.logger) = (dispatcher, limits, access, logger)
    metrics = CallMetrics(methods: dispatcher.methods)
    unfinishedBytes = Quota(
      limits.unfinishedBytesMax, limit: "unfinished_bytes", .messageTooLarge,
      "the server has too many unfinished requests")
    connections = Quota(
      limits.connectionsMax, limit: "connections", .tooManyConnections, "the server has too many connections")
    streams = Quota(limits.streamsMax, limit: "streams", .tooManyRequests, "the server has too many streams")
    questions = CallQueue(dispatcher: dispatcher, metrics: metrics, threadCount: threads.questions)
    changes = CallQueue(dispatcher: dispatcher, metrics: metrics, threadCount: threads.changes)
  }

  /// How many calls wait for their turn, and how many connections and streams are open.
  public var load: (questions: Int, changes: Int, connections: Int, streams: Int) {
    (questions.depth, changes.depth, connections.taken, streams.taken)
  }

  /// Runs calls as soon as a thread is free; never blocks. O(calls).
  ///
  /// Questions that find too many before them, or that would wait too long, are refused: `OVERLOADED`.
  public func add(_ calls: [Call]) {
    var asked: [Call] = []
    var changing: [Call] = []
    for call in calls {
      if dispatcher.changesState(call.method) { changing.append(call) } else { asked.append(call) }
    }
    if !changing.isEmpty { changes.add(changing) }
    guard let first = asked.first else { return }
    guard let status = overload(at: first.arrival) else { return questions.add(asked) }
    for call in asked {
      metrics.recordRefusal(of: call.method, status.code)
      call.refuse(status)
    }
  }

  /// Why new questions are refused, or `nil`. Those of one read are taken or refused together.
  private func overload(at now: ContinuousClock.Instant) -> CallStatus? {
    if questions.depth >= limits.questionsWaitingMax {
      return CallStatus(
        .overloaded, "too many questions are waiting", limit: "questions_waiting", limits.questionsWaitingMax)
    }
    if questions.longestWait(at: now) > .seconds(limits.questionSecondsWaitingMax) {
      return CallStatus(
        .overloaded, "questions are waiting for too long", limit: "question_wait_seconds",
        limits.questionSecondsWaitingMax)
    }
    return nil
  }

  /// Waits until the calls that are running are done, and ends the threads.
  public func stop() async throws {
    try await questions.stop()
    try await changes.stop()
    try await streamQueue.stop()
  }
}
