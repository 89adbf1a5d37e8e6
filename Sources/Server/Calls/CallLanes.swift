import Messages

/// The threads that run calls: those of each lane apart, so that heavy questions and changes that wait for the disk
/// leave some for what is small.
final class CallLanes: Sendable {
  private let queues: [CallLane: TurnQueue<Call>]

  init(_ threads: CallService.Threads) {
    queues = Dictionary(
      uniqueKeysWithValues: CallLane.allCases.map { lane in
        (lane, TurnQueue(Self.threads(of: lane, threads)) { $0.run(in: lane) })
      })
  }

  /// One caller's calls never hold all threads of a lane.
  private static func threads(of lane: CallLane, _ threads: CallService.Threads) -> TurnQueue<Call>.Threads {
    switch lane {
    case .vital: .init(count: 1)
    case .questions: .init(count: threads.questions + 1, perCallerMax: threads.questions)
    case .long:
      .init(count: max(threads.questions, 2), perCallerMax: max(threads.questions / 2, 1), isBackground: true)
    case .changes: .init(count: threads.changes, perCallerMax: max(threads.changes * 3 / 4, 1))
    }
  }

  subscript(_ lane: CallLane) -> TurnQueue<Call> {
    guard let queue = queues[lane] else { preconditionFailure("a lane without threads") }
    return queue
  }

  /// How many calls wait in each lane.
  var depths: [CallLane: Int] { queues.mapValues(\.depth) }

  /// Ends the threads after the calls that they are running.
  func stop() async throws { for queue in queues.values { try await queue.stop() } }
}
