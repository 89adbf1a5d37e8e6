import Calls
import Listening
import Logging
import NIOCore

/// Connections that speak the frames of `tocsin.proto`.
struct FrameDoor: Door {
  let desk: CallDesk
  let logger: Logger

  func welcome(_ channel: any Channel, number: Int) throws {
    try channel.pipeline.syncOperations.addHandler(Connection(desk: desk, number: number, logger: logger))
  }
}

extension TransportServer {
  /// A server for calls in the frames of `tocsin.proto`: a connection carries many at once, and their answers come in any
  /// order.
  public static func frames(
    configuration: Configuration, desk: CallDesk, logger: Logger
  ) -> TransportServer {
    TransportServer(
      configuration: configuration, door: FrameDoor(desk: desk, logger: logger), limits: desk.limits, logger: logger)
  }
}
