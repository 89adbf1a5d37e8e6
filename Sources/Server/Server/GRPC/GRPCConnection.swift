import Calls
import Logging
import Messages
import NIOCore
import NIOExtras
import NIOHTTP2
import TransportSecurity

/// One client: reads the frames of HTTP/2, hands calls to the service, sends answers as they come.
///
/// The frames of all streams are handled here, without a channel for each: a call costs a tenth of what it would cost
/// then. Everything runs on the connection's event loop and nothing blocks it.
final class GRPCConnection: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame
  typealias OutboundOut = HTTP2Frame

  let service: CallService
  var logger: Logger
  var context: ChannelHandlerContext?
  var session = ClientSession()
  var answers: AnswerWriter<GRPCBatch>?
  var calls: [HTTP2StreamID: GRPCCall] = [:]
  /// Requests of the read that is going on.
  var arrivals: [Call] = []
  /// Calls that are answered at once, and streams, are none in flight.
  var inFlightCount = 0
  var streamCount = 0
  /// Written, but not taken by the client.
  var pendingBytes = 0
  var lastTaken = NIODeadline.now()
  var lastStreamID = HTTP2StreamID.rootStream
  /// How much of the connection's window is left.
  var windowSize = InboundWindow.initialConnectionBytes
  /// Bytes of requests that are unfinished or in flight.
  var waitingBytes = 0
  let unfinished: UnfinishedBytes
  let slot: ConnectionSlot
  var isDraining = false
  /// Frames that wait for the end of the read that is going on.
  var hasWritten = false
  private var hasSpoken = false
  private var isOpen = false
  private var watchTimer: RepeatedTask?
  private var drainTimer: Scheduled<Void>?

  init(service: CallService, number: Int, logger: Logger) {
    (self.service, self.logger) = (service, logger)
    unfinished = UnfinishedBytes(service.unfinishedBytes)
    slot = ConnectionSlot(service)
    self.logger[metadataKey: "connection"] = "grpc-\(number)"
  }

  var limits: CallLimits { service.limits }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    answers = AnswerWriter<GRPCBatch>(eventLoop: context.eventLoop, unsent: service.unsentAnswers) {
      bound.value.sendAnswers()
    }
    if context.channel.isActive { open(context) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    answers?.close()
    self.context = nil
  }

  func channelActive(context: ChannelHandlerContext) {
    open(context)
    context.fireChannelActive()
  }

  private func open(_ context: ChannelHandlerContext) {
    guard !isOpen else { return }
    isOpen = true
    PeerIdentity.find(context.channel) { self.session = $0 }
    logger.debug("connection opened", metadata: ["peer": "\(session.peer)"])
    let hasPlace = slot.take(for: session, on: context.eventLoop) { [weak self] in self?.refuseStranger() }
    if !hasPlace { return refuse(service.connections.refusal) }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    watchTimer = context.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
      bound.value.watch()
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    for id in calls.keys { abandon(id) }
    calls = [:]
    answers?.close()
    answers = nil
    watchTimer?.cancel()
    drainTimer?.cancel()
    slot.giveBack()
    unfinished.giveBackAll()
    self.context = nil
    logger.debug("connection closed", metadata: ["peer": "\(session.peer)"])
    context.fireChannelInactive()
  }

  // MARK: Reading

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = unwrapInboundIn(data)
    hasSpoken = true
    switch frame.payload {
    case .headers(let headers): receive(headers, frame.streamID)
    case .data(let data):
      if case .byteBuffer(let buffer) = data.data { receive(buffer, isLast: data.endStream, frame.streamID) }
    case .rstStream: abandon(frame.streamID)
    default: break
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if !arrivals.isEmpty {
      service.add(arrivals)
      arrivals.removeAll(keepingCapacity: true)
    }
    flushSoon()
    context.fireChannelReadComplete()
  }

  /// Sends what was written, in the loop's next step: a write to a client that is gone closes the channel, and
  /// swift-nio does not expect that from one that is being told of its end.
  private func flushSoon() {
    guard hasWritten else { return }
    hasWritten = false
    context?.eventLoop.assumeIsolated().execute { self.context?.flush() }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case let event as StreamClosedEvent: abandon(event.streamID)
    case let event as NIOHTTP2WindowUpdatedEvent: windowChanged(event)
    case let event as HandshakeDone:
      session.credentials.certificateSubject = event.clientSubject
      if event.clientSubject != nil, service.isKnown(session) { slot.noteKnown() }
    case is ChannelShouldQuiesceEvent: drain()
    case ChannelEvent.inputClosed: context.close(promise: nil)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    logger.debug("connection failed", metadata: ["error": "\(error)", "peer": "\(session.peer)"])
    // A fault of one stream ends that stream only, by the handler before this one.
    if error is NIOHTTP2Errors.StreamError { return }
    context.close(promise: nil)
  }

  // MARK: Ending

  private func refuse(_ status: CallStatus) {
    logger.warning("connection refused", metadata: ["code": "\(status.code)", "peer": "\(session.peer)"])
    goAway(.enhanceYourCalm)
    context?.close(promise: nil)
  }

  /// Closes a connection that was idle for too long, or must make room, and of which nobody knows whose it is.
  private func refuseStranger() { if inFlightCount == 0, streamCount == 0 { refuse(service.connections.refusal) } }

  /// Takes no more calls and closes once those in flight are answered.
  private func drain() {
    guard !isDraining, let context else { return }
    isDraining = true
    goAway(.noError)
    for (id, call) in calls {
      if case .streaming(let stream) = call.phase {
        stream.end(CallStatus(.shuttingDown, "the connection is being closed"))
      }
      if case .conversing = call.phase { endConversation(id) }
    }
    sendAnswers()
    drainTimer = context.eventLoop.assumeIsolated().scheduleTask(in: .secondsOf(limits.drainSecondsMax)) {
      self.context?.close(promise: nil)
    }
    closeIfDone()
  }

  /// Closes a draining connection when its last call is over.
  func closeIfDone() {
    guard isDraining, calls.isEmpty, !isClosing, let context else { return }
    isClosing = true
    // Writes complete in order: the last one after all answers.
    let sent = context.eventLoop.makePromise(of: Void.self)
    sent.futureResult.assumeIsolated().whenComplete { _ in self.context?.close(promise: nil) }
    goAway(.noError, sent)
  }

  private var isClosing = false

  private func goAway(_ code: HTTP2ErrorCode, _ sent: EventLoopPromise<Void>? = nil) {
    let payload = HTTP2Frame.FramePayload.goAway(lastStreamID: lastStreamID, errorCode: code, opaqueData: nil)
    context?.writeAndFlush(wrapOutboundOut(HTTP2Frame(streamID: .rootStream, payload: payload)), promise: sent)
  }

  /// Once a second: cuts off clients that say nothing at first, stall in a request, or take no answers.
  private func watch() {
    guard let context else { return }
    let now = NIODeadline.now()
    let slow = TimeAmount.secondsOf(limits.slowReaderSecondsMax)
    if context.channel.isWritable { lastWritable = now }
    if (pendingBytes > 0 && now - lastTaken > slow) || now - lastWritable > slow {
      logger.warning("slow reader cut off", metadata: ["peer": "\(session.peer)", "bytes": "\(pendingBytes)"])
      return context.close(promise: nil)
    }
    let stall = TimeAmount.secondsOf(limits.frameSecondsMax)
    for (id, call) in calls where now - call.arrival > stall {
      guard case .receiving = call.phase else { continue }
      end(id, CallStatus(.deadlineExceeded, "the request was not complete within \(limits.frameSecondsMax) s"))
    }
    if !hasSpoken {
      silentSeconds += 1
      if silentSeconds > limits.handshakeSecondsMax {
        logger.warning("no HTTP/2 in time", metadata: ["peer": "\(session.peer)"])
        return context.close(promise: nil)
      }
    }
    context.flush()
  }

  private var silentSeconds = 0.0
  /// When the client last took what was sent, whatever that was.
  private var lastWritable = NIODeadline.now()
}
