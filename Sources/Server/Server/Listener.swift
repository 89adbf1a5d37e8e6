import Foundation
import Logging
import Messages
import NIOCore
import NIOExtras
import NIOPosix
import Synchronization

/// One address that a server listens on.
final class Listener: Sendable {
  /// With the real port.
  let address: ServerAddress
  private let channel: any Channel
  /// Given up at the end: it must not outlive the event loops.
  private let quiescing: Mutex<ServerQuiescingHelper?>

  private init(address: ServerAddress, channel: any Channel, quiescing: ServerQuiescingHelper) {
    (self.address, self.channel) = (address, channel)
    self.quiescing = Mutex(quiescing)
  }

  private static let waitingConnectionsMax: Int32 = 256
  /// Who may write to a socket file may call the server: the owner and the group.
  private static let socketPermissions: mode_t = 0o660
  private static let probeSecondsMax = 2.0
  private static let readSizes = AdaptiveRecvByteBufferAllocator(minimum: 1 << 10, initial: 4 << 10, maximum: 8 << 10)

  /// Starts listening. Throws `ADDRESS_IN_USE`, `BIND_FAILED`.
  static func listen(
    on address: ServerAddress, group: MultiThreadedEventLoopGroup, setup: ChannelSetup
  ) async throws(ListenError) -> Listener {
    if case .unix(let path) = address { try await removeStaleSocket(at: path, group: group) }
    let quiescing = ServerQuiescingHelper(group: group)
    do {
      let channel = try await bind(address, group: group, quiescing: quiescing, setup: setup)
      if case .unix(let path) = address, chmod(path, socketPermissions) != 0 {
        try? await channel.close()
        throw ListenError(.bindFailed, "chmod: \(String(cString: strerror(errno)))", value: path)
      }
      return Listener(address: bound(address, channel), channel: channel, quiescing: quiescing)
    } catch let error as ListenError {
      throw error
    } catch {
      let isInUse = (error as? IOError)?.errnoCode == EADDRINUSE
      throw ListenError(isInUse ? .addressInUse : .bindFailed, "\(error)", value: "\(address)")
    }
  }

  /// Takes no more connections, drains those that are open, and returns when all are closed.
  func shutDown() async throws {
    let promise = channel.eventLoop.makePromise(of: Void.self)
    let quiescing = quiescing.withLock { $0.take() }
    quiescing?.initiateShutdown(promise: promise)
    try await promise.futureResult.get()
  }

  private static func bind(
    _ address: ServerAddress, group: MultiThreadedEventLoopGroup, quiescing: ServerQuiescingHelper, setup: ChannelSetup
  ) async throws -> any Channel {
    let isTCP = if case .tcp = address { true } else { false }
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: waitingConnectionsMax)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          // Without descriptors left it tries again after a while, and doesn't spin.
          try channel.pipeline.syncOperations.addHandler(AcceptBackoffHandler())
          try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
        }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      // A client that sends as fast as it can takes a little of the loop's time at each of its turns.
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelOption(.recvAllocator, value: readSizes)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try setup.configure(channel, isTCP: isTCP) }
      }
    switch address {
    case .unix(let path): return try await bootstrap.bind(unixDomainSocketPath: path).get()
    case .tcp(let host, let port): return try await bootstrap.bind(host: host, port: port).get()
    }
  }

  private static func bound(_ address: ServerAddress, _ channel: any Channel) -> ServerAddress {
    guard case .tcp(let host, _) = address, let port = channel.localAddress?.port else { return address }
    return .tcp(host: host, port: port)
  }

  /// Removes a socket file that nobody answers on: what a server that was killed leaves behind.
  private static func removeStaleSocket(
    at path: String, group: MultiThreadedEventLoopGroup
  ) async throws(ListenError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw ListenError(.bindFailed, "there is a file that is not a socket", value: path)
    }
    do {
      let probe = ClientBootstrap(group: group).connectTimeout(.secondsOf(probeSecondsMax))
      try await probe.connect(unixDomainSocketPath: path).get().close()
    } catch let error as IOError where error.errnoCode == ECONNREFUSED {
      unlink(path)
      return
    } catch {
      throw ListenError(.addressInUse, "can't find out whether a server answers: \(error)", value: path)
    }
    throw ListenError(.addressInUse, "another server answers", value: path)
  }
}
