import Messages
import NIOCore
import NIOHTTP2
import NIOPosix

/// Opens connections to the target of a load.
struct LineOpener: Sendable {
  let plan: LoadPlan
  let loop: any EventLoop
  let hub: NIOLoopBound<LineHub>

  private static let connectTimeout = TimeAmount.seconds(10)
  private static let readBytes = (min: 4_096, first: 65_536, max: 1 << 20)

  /// Opens the lines of the load, one after the other. Throws `CONNECTION_FAILED`.
  func openLines() async throws {
    for index in 0..<plan.connections {
      _ = try await connect { [hub] channel in
        let pipeline = channel.pipeline.syncOperations
        let line: any LineHandler
        switch plan.target {
        case .socket: line = SocketLine(index: index, hub: hub.value)
        case .grpc:
          line = GRPCLine(index: index, hub: hub.value)
          try pipeline.addHandler(NIOHTTP2Handler(mode: .client, initialSettings: Self.settings))
        }
        try pipeline.addHandler(line)
        hub.value.add(line)
      }
    }
  }

  /// Opens the connections that say nothing.
  func openIdle() async throws -> [any Channel] {
    var channels: [any Channel] = []
    for _ in 0..<plan.idleConnections { channels.append(try await connect { _ in }) }
    return channels
  }

  private static var settings: HTTP2Settings {
    [
      HTTP2Setting(parameter: .enablePush, value: 0),
      HTTP2Setting(parameter: .initialWindowSize, value: GRPCLine.windowBytes),
    ]
  }

  private func connect(_ initialize: @escaping @Sendable (any Channel) throws -> Void) async throws -> any Channel {
    let bootstrap = ClientBootstrap(group: loop)
      .connectTimeout(Self.connectTimeout)
      .channelOption(
        .recvAllocator,
        value: AdaptiveRecvByteBufferAllocator(
          minimum: Self.readBytes.min, initial: Self.readBytes.first, maximum: Self.readBytes.max)
      )
      .channelInitializer { channel in channel.eventLoop.makeCompletedFuture { try initialize(channel) } }
    do {
      switch plan.target {
      case .socket(.unix(let path)): return try await bootstrap.connect(unixDomainSocketPath: path).get()
      case .socket(.tcp(let host, let port)), .grpc(let host, let port):
        return try await bootstrap.connect(host: host, port: port).get()
      }
    } catch {
      throw LoadError(.connectionFailed, "no server answers", value: plan.target.description)
    }
  }
}

extension LoadTarget: CustomStringConvertible {
  public var description: String {
    switch self {
    case .socket(let address): "\(address)"
    case .grpc(let host, let port): "grpc:\(ServerAddress.tcp(host: host, port: port))"
    }
  }
}
