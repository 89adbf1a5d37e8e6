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
    /// How many questions of one caller run at the same time; one more of others.
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
  /// Those that have brought nothing yet.
  public let silentConnections = SilentConnections()
  let streams: Quota
  let streamsOfCallers: CallerQuota
  let pieceStreams: Quota
  let pieceStreamsOfCallers: CallerQuota
  let openStreams = OpenStreams()
  let streamQueue: TurnQueue<StreamCall>
  let lanes: CallLanes
  /// What clients have not taken yet.
  public let unsentAnswers: UnsentAnswers

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
    streamsOfCallers = CallerQuota(
      limits.streamsPerCallerMax, limit: "streams_per_caller", .tooManyRequests, "the caller has too many streams")
    pieceStreams = Quota(
      limits.pieceStreamsMax, limit: "piece_streams", .tooManyRequests, "the server has too many answers in pieces")
    pieceStreamsOfCallers = CallerQuota(
      limits.pieceStreamsPerCallerMax, limit: "piece_streams_per_caller", .tooManyRequests,
      "the caller has too many answers in pieces")
    unsentAnswers = UnsentAnswers(limits)
    lanes = CallLanes(threads)
    streamQueue = TurnQueue(.init(count: 2, perCallerMax: 1, isBackground: true)) { $0.work() }
    access.whenReplaced { [weak self] in
      for stream in self?.openStreams.all ?? [] { stream.checkRules() }
    }
  }

  /// How many calls wait for their turn in each lane, and how many connections and streams are open.
  public var load: (calls: [CallLane: Int], connections: Int, streams: Int) {
    (lanes.depths, connections.taken, streams.taken)
  }

  /// Runs calls as soon as a thread is free; never blocks. O(calls).
  ///
  /// Questions that find too many before them, or that would wait too long, are refused: `OVERLOADED`; and those of a
  /// caller that has too many in flight: `TOO_MANY_REQUESTS`.
  public func add(_ calls: [Call]) {
    struct Line: Hashable {
      var lane: CallLane
      var caller: String
      var isChange: Bool
    }
    var rest = calls[...]
    // Those of one read are mostly of one caller, and go to one lane.
    while let first = rest.first {
      let line = { (call: Call) in
        Line(
          lane: self.dispatcher.lane(of: call.method, payloadBytes: call.payloadBytes), caller: call.caller,
          isChange: self.dispatcher.isChange(call.method))
      }
      let same = line(first)
      let together = rest.prefix { line($0) == same }
      rest = rest.dropFirst(together.count)
      let queue = lanes[same.lane]
      let load = queue.load(of: same.caller, at: first.arrival)
      if !same.isChange, let status = overload(load, depth: queue.depth) {
        refuse(together, status)
      } else {
        add(together, of: same.caller, to: queue, behind: load.count)
      }
    }
  }

  /// - Parameter count: calls of the caller that wait there or are being done.
  private func add(_ calls: ArraySlice<Call>, of caller: String, to queue: TurnQueue<Call>, behind count: Int) {
    let room = max(limits.requestsInFlightPerCallerMax - count, 0)
    queue.add(Array(calls.prefix(room)), of: caller)
    if calls.count > room {
      let status = CallStatus(
        .tooManyRequests, "too many requests of the caller are in flight", limit: "requests_in_flight_per_caller",
        limits.requestsInFlightPerCallerMax)
      refuse(calls.dropFirst(room), status)
    }
  }

  private func refuse(_ calls: ArraySlice<Call>, _ status: CallStatus) {
    for (method, refused) in Dictionary(grouping: calls, by: \.method) {
      metrics.recordRefusal(of: method, status.code, count: refused.count)
    }
    for call in calls { call.refuse(status) }
  }

  /// Why new questions of a caller are refused, or `nil`. Those of one read are taken or refused together.
  private func overload(_ load: (count: Int, wait: Duration, callers: Int), depth: Int) -> CallStatus? {
    let share = limits.questionsWaitingMax / max(load.callers, 1)
    if depth >= limits.questionsWaitingMax, load.count >= max(share, 1) {
      return CallStatus(
        .overloaded, "too many questions are waiting", limit: "questions_waiting", limits.questionsWaitingMax)
    }
    if load.wait > .seconds(limits.questionSecondsWaitingMax) {
      return CallStatus(
        .overloaded, "questions are waiting for too long", limit: "question_wait_seconds",
        limits.questionSecondsWaitingMax)
    }
    return nil
  }

  /// Waits until the calls that are running are done, and ends the threads.
  public func stop() async throws {
    try await lanes.stop()
    try await streamQueue.stop()
  }
}
