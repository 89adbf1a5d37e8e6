import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Shows metrics and health over HTTP: `GET /metrics` for Prometheus, `GET /health` for whoever watches or balances.
///
/// Health is 200 while the server takes requests and 503 otherwise. A connection carries one request. There is no
/// access control: listen on the loopback or on a network of machines only.
public final class MetricsEndpoint: Service {
  /// Where to listen, and how much to take.
  public struct Configuration: Sendable {
    public var host = "127.0.0.1"
    /// Port 0 takes any free one.
    public var port = 9464
    /// More are closed at once.
    public var connectionsMax = 32
    /// A request with more bytes than that is refused.
    public var requestBytesMax = 16 << 10
    /// A connection is closed this long after it was opened, whatever it is doing.
    public var connectionSecondsMax = 10.0

    public init() {}
  }

  private static let waitingConnectionsMax: Int32 = 64

  private let configuration: Configuration
  private let registry: PrometheusRegistry
  private let state: ServingState
  private let logger: Logger
  /// What runs between bind and the end.
  private let running = Mutex<(group: MultiThreadedEventLoopGroup, channel: any Channel)?>(nil)

  public init(
    configuration: Configuration = Configuration(), registry: PrometheusRegistry, state: ServingState, logger: Logger
  ) { (self.configuration, self.registry, self.state, self.logger) = (configuration, registry, state, logger) }

  /// Starts listening, before ``run()`` or as its first step; an endpoint that listens must be run, to be stopped.
  ///
  /// - Returns: the port.
  @discardableResult public func bind() async throws -> Int {
    if let running = running.withLock({ $0 }) { return running.channel.localAddress?.port ?? 0 }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      let channel = try await listen(on: group)
      running.withLock { $0 = (group, channel) }
      let port = channel.localAddress?.port ?? 0
      logger.info("showing metrics", metadata: ["address": "http://\(configuration.host):\(port)/metrics"])
      return port
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
  }

  /// Answers until the service group shuts down gracefully or the task is cancelled.
  public func run() async throws {
    try await bind()
    // Ends by throwing when the task is cancelled, which stops the endpoint just as well.
    try? await gracefulShutdown()
    guard let last = running.withLock({ $0.take() }) else { return }
    try? await last.channel.close()
    try await last.group.shutdownGracefully()
  }

  private func listen(on group: MultiThreadedEventLoopGroup) async throws -> any Channel {
    let (configuration, registry, state) = (configuration, registry, state)
    let openConnections = OpenConnections()
    return try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: Self.waitingConnectionsMax)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          guard openConnections.open(max: configuration.connectionsMax, until: channel.closeFuture) else {
            channel.close(promise: nil)
            return
          }
          let end = channel.eventLoop.scheduleTask(in: .nanoseconds(Int64(configuration.connectionSecondsMax * 1e9))) {
            channel.close(promise: nil)
          }
          channel.closeFuture.whenComplete { _ in end.cancel() }
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(ByteLimit(bytesMax: configuration.requestBytesMax))
          try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: true)
          try pipeline.addHandler(PageHandler(registry: registry, state: state))
        }
      }
      .bind(host: configuration.host, port: configuration.port).get()
  }
}
