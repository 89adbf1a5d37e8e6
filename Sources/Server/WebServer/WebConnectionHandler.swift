#if Web
import Calls
import Messages
import NIOCore
import NIOExtras
import NIOHTTPTypes
import Server
import TransportSecurity

/// Tells a connection of the web what happens to its channel, and cuts off clients that send or take too slowly.
final class WebConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let connection: WebConnection
  private var isOpen = false
  private var lastWritable = NIODeadline.now()
  private var lastSign = NIODeadline.now()
  private var watchTimer: RepeatedTask?
  private var drainTimer: Scheduled<Void>?

  /// Whatever is between server and client may give up what says nothing for longer.
  private static let signSeconds: Int64 = 15

  init(_ connection: WebConnection) { self.connection = connection }

  private var limits: CallLimits { connection.service.limits }

  func handlerAdded(context: ChannelHandlerContext) { if context.channel.isActive { open(context) } }

  func channelActive(context: ChannelHandlerContext) {
    open(context)
    context.fireChannelActive()
  }

  private func open(_ context: ChannelHandlerContext) {
    guard !isOpen else { return }
    isOpen = true
    PeerIdentity.find(context.channel) { self.connection.session = $0 }
    let channel = NIOLoopBound(context.channel, eventLoop: context.eventLoop)
    let hasPlace = connection.slot.take(for: connection.session, on: context.eventLoop) {
      channel.value.close(promise: nil)
    }
    guard hasPlace else {
      let status = connection.service.connections.refusal
      connection.logger.warning("connection refused", metadata: ["code": "\(status.code)"])
      return context.close(promise: nil)
    }
    let (bound, boundContext) = (
      NIOLoopBound(self, eventLoop: context.eventLoop), NIOLoopBound(context, eventLoop: context.eventLoop)
    )
    watchTimer = context.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
      bound.value.watch(boundContext.value)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    watchTimer?.cancel()
    drainTimer?.cancel()
    connection.closed()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .end = unwrapInboundIn(data) { connection.requestStart = nil }
    context.fireChannelRead(data)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case let event as HandshakeDone:
      connection.session.credentials.certificateSubject = event.clientSubject
      if event.clientSubject != nil, connection.service.isKnown(connection.session) { connection.slot.noteKnown() }
    case is ChannelShouldQuiesceEvent: drain(context)
    case ChannelEvent.inputClosed: connection.inputClosed()
    default: break
    }
    context.fireUserInboundEventTriggered(event)
  }

  private func drain(_ context: ChannelHandlerContext) {
    connection.drain()
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    drainTimer = context.eventLoop.scheduleTask(in: .secondsOf(limits.drainSecondsMax)) {
      bound.value.close(promise: nil)
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .end = unwrapOutboundIn(data), connection.closesAfterAnswer else {
      return context.write(data, promise: promise)
    }
    // What the client still sends must not take the answer away from it.
    context.writeAndFlush(data, promise: promise)
    context.close(mode: .output, promise: nil)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: .secondsOf(limits.lingerSecondsMax)) { bound.value.close(promise: nil) }
  }

  /// Once a second.
  private func watch(_ context: ChannelHandlerContext) {
    let now = NIODeadline.now()
    if context.channel.isWritable { lastWritable = now }
    if now - lastWritable > .secondsOf(limits.slowReaderSecondsMax) {
      connection.logger.warning("slow reader cut off", metadata: ["peer": "\(connection.session.peer)"])
      return context.close(promise: nil)
    }
    if let start = connection.requestStart, now - start > .secondsOf(limits.frameSecondsMax) {
      connection.logger.warning("slow request cut off", metadata: ["peer": "\(connection.session.peer)"])
      return context.close(promise: nil)
    }
    if now - lastSign > .seconds(Self.signSeconds) {
      lastSign = now
      connection.showSign()
    }
  }
}

/// Notes when a request begins, before anything of it is understood.
final class ByteWatch: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let connection: WebConnection

  init(_ connection: WebConnection) { self.connection = connection }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if connection.requestStart == nil { connection.requestStart = .now() }
    context.fireChannelRead(data)
  }
}
#endif
