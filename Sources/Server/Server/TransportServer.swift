import Calls
import Logging
import Messages
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import TransportSecurity

/// Serves the calls of a service on Unix and TCP sockets, as its transport says: in frames or over gRPC.
///
/// A connection carries many requests at once; their answers come in any order. Requests run on the service's
/// threads. Told to stop, the server takes no more connections and requests, answers those in flight, and closes.
public final class TransportServer: Service {
  /// Where and how to serve.
  public struct Configuration: Sendable {
    /// At least one. Port 0 takes any free port.
    public var addresses: [ServerAddress]
    /// How many threads read and write sockets; one does some hundred thousand requests a second.
    public var eventLoopThreads = 1
    /// TLS on all TCP addresses.
    public var tls: ServerTLS?

    public init(addresses: [ServerAddress], tls: ServerTLS? = nil) { (self.addresses, self.tls) = (addresses, tls) }
  }

  /// What runs between bind and the end.
  private struct Running: Sendable {
    let group: MultiThreadedEventLoopGroup
    let listeners: [Listener]
  }

  private let configuration: Configuration
  private let transport: any Transport
  private let limits: CallLimits
  private let logger: Logger
  private let running = Mutex<Running?>(nil)

  /// A server that has not begun to listen. Whoever made its service stops it after the server.
  public init(configuration: Configuration, transport: any Transport, limits: CallLimits, logger: Logger) {
    (self.configuration, self.transport, self.limits, self.logger) = (configuration, transport, limits, logger)
  }

  /// Starts listening, before ``run()`` or as its first step; a server that listens must be run, to be stopped.
  ///
  /// A socket file that nobody answers on is replaced; a new one is readable and writable by owner and group.
  /// - Returns: the addresses with their real ports.
  /// - Throws: `ListenError`: `ADDRESS_IN_USE`, `BIND_FAILED`.
  @discardableResult public func bind() async throws -> [ServerAddress] {
    if let running = running.withLock({ $0 }) { return running.listeners.map(\.address) }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.eventLoopThreads)
    let setup = ChannelSetup(transport: transport, tls: configuration.tls, limits: limits, logger: logger)
    var listeners: [Listener] = []
    do {
      for address in configuration.addresses {
        listeners.append(try await Listener.listen(on: address, group: group, setup: setup))
      }
    } catch {
      try? await stop(Running(group: group, listeners: listeners))
      throw error
    }
    for listener in listeners { logger.info("listening", metadata: ["address": "\(listener.address)"]) }
    let bound = Running(group: group, listeners: listeners)
    running.withLock { $0 = bound }
    return listeners.map(\.address)
  }

  /// Serves until the service group shuts down gracefully or the task is cancelled.
  ///
  /// Then drains: at most ``CallLimits/drainSecondsMax`` for requests in flight. Socket files are removed.
  /// - Throws: what ``bind()`` throws.
  public func run() async throws {
    try await bind()
    // Ends by throwing when the task is cancelled, which stops the server just as well.
    try? await gracefulShutdown()
    logger.debug("stopping")
    guard let last = running.withLock({ $0.take() }) else { return }
    try await stop(last)
    logger.debug("stopped")
  }

  private func stop(_ running: Running) async throws {
    for listener in running.listeners { try await listener.shutDown() }
    try await running.group.shutdownGracefully()
  }
}
