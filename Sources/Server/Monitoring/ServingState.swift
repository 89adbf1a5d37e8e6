import ServiceLifecycle
import Synchronization

/// Whether the server takes requests: what `/health` says, and what systemd is told.
///
/// As the last service of a group it is the first one that is told to stop, so that whoever asks for health learns it
/// while requests in flight are still answered.
public final class ServingState: Service {
  /// What a server is doing.
  public enum Phase: Int, Sendable { case starting, serving, draining }

  private let number = Atomic(Phase.starting.rawValue)

  public init() {}

  public var phase: Phase { Phase(rawValue: number.load(ordering: .acquiring)) ?? .starting }

  /// Serving until the group is told to stop, draining from then on.
  public func run() async throws {
    number.store(Phase.serving.rawValue, ordering: .releasing)
    SystemdNotice.send("READY=1")
    // Ends by throwing when the task is cancelled, which is an end just as well.
    try? await gracefulShutdown()
    number.store(Phase.draining.rawValue, ordering: .releasing)
    SystemdNotice.send("STOPPING=1")
  }
}
