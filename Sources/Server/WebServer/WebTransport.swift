#if Web
import Calls
import HummingbirdCore
import Logging
import Messages
import NIOCore
import Server
import WebPages

/// Connections that speak HTTP/1.1: methods by the Connect protocol, streams as events, pages.
struct WebTransport: Transport {
  let site: WebSite
  let service: CallService
  let logger: Logger

  /// A connection on which nothing is asked is closed after this time.
  private static let idleSecondsMax: Int64 = 120

  func configure(_ channel: any Channel, number: Int) throws {
    let connection = WebConnection(channel, site: site, service: service, number: number, logger: logger)
    let bound = NIOLoopBound(connection, eventLoop: channel.eventLoop)
    var decoder = HTTP1Channel.Configuration.DecoderConfiguration()
    (decoder.maxHeaderFieldSize, decoder.maxHeaderListSize) = (WebLimits.urlBytesMax, WebLimits.headBytesMax)
    decoder.maxHeaderFieldCount = WebLimits.headersMax
    let http = HTTP1Channel(
      responder: { request, writer, _ in try await bound.value.answer(request, writer) },
      configuration: .init(
        additionalChannelHandlers: [WebConnectionHandler(bound.value)], idleTimeout: .seconds(Self.idleSecondsMax),
        httpDecoderConfiguration: decoder))
    try channel.pipeline.syncOperations.addHandler(ByteWatch(connection))
    let executor = EventLoopExecutor(channel.eventLoop)
    let logger = logger
    http.setup(channel: channel, logger: logger).whenSuccess { parts in
      Task(executorPreference: executor) { await http.handle(value: parts, logger: logger) }
    }
  }
}

extension TransportServer {
  /// A server for browsers and whatever else speaks HTTP/1.1.
  ///
  /// - Throws: `WEB_UNAVAILABLE` in a build without the web.
  public static func web(
    configuration: Configuration, settings: WebSettings, service: CallService, logger: Logger
  ) throws(CallStatus) -> TransportServer {
    let site = WebSite(settings, service.dispatcher, isEncrypted: configuration.tls != nil)
    return TransportServer(
      configuration: configuration, transport: WebTransport(site: site, service: service, logger: logger),
      limits: service.limits, logger: logger)
  }
}
#endif
