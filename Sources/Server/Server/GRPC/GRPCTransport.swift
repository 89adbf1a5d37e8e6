import Calls
import Logging
import NIOCore
import NIOHTTP2

/// Connections that speak gRPC over HTTP/2: with TLS, or without by prior knowledge.
struct GRPCTransport: Transport {
  let service: CallService
  let logger: Logger

  /// Pings and settings that a client may send within half a minute: clients measure the line with pings.
  private static let controlFramesMax = 20_000
  private static let headerListBytesMax = 16 << 10

  func configure(_ channel: any Channel, number: Int) throws {
    let limits = service.limits
    var connection = NIOHTTP2Handler.ConnectionConfiguration()
    connection.initialSettings = [
      HTTP2Setting(
        parameter: .maxConcurrentStreams,
        value: limits.requestsInFlightPerConnectionMax + limits.streamsPerConnectionMax),
      HTTP2Setting(parameter: .maxHeaderListSize, value: Self.headerListBytesMax),
      HTTP2Setting(parameter: .initialWindowSize, value: InboundWindow.streamBytes),
    ]
    connection.controlFrameRateLimit.maximumCount = Self.controlFramesMax
    var stream = NIOHTTP2Handler.StreamConfiguration()
    // A client that cancels all it asked is no attack.
    stream.streamResetFrameRateLimit.maximumCount = limits.requestsInFlightPerConnectionMax * 10
    try channel.pipeline.syncOperations.addHandler(ReadBrake())
    try channel.pipeline.syncOperations.addHandler(
      NIOHTTP2Handler(mode: .server, connectionConfiguration: connection, streamConfiguration: stream))
    try channel.pipeline.syncOperations.addHandler(GRPCConnection(service: service, number: number, logger: logger))
  }
}

extension TransportServer {
  /// A server for calls over gRPC, with the standard services for health and reflection.
  public static func grpc(configuration: Configuration, service: CallService, logger: Logger) -> TransportServer {
    TransportServer(
      configuration: configuration, transport: GRPCTransport(service: service, logger: logger), limits: service.limits,
      logger: logger)
  }
}
