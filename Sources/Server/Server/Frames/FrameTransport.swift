import Calls
import Logging
import NIOCore

/// Connections that speak the frames of `tocsin.proto`.
struct FrameTransport: Transport {
  let service: CallService
  let logger: Logger

  func configure(_ channel: any Channel, number: Int) throws {
    try channel.pipeline.syncOperations.addHandler(Connection(service: service, number: number, logger: logger))
  }
}

extension TransportServer {
  /// A server for calls in the frames of `tocsin.proto`: a connection carries many at once, and their answers come in
  /// any order.
  public static func frames(
    configuration: Configuration, service: CallService, logger: Logger
  ) -> TransportServer {
    TransportServer(
      configuration: configuration, transport: FrameTransport(service: service, logger: logger), limits: service.limits,
      logger: logger)
  }
}
