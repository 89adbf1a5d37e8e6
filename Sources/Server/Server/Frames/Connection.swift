import Calls
import Framing
import Logging
import Messages
import NIOCore
import NIOExtras
import TransportSecurity

/// One client: reads its frames, hands its requests to the queue, sends the answers as they come.
///
/// Everything here runs on the connection's event loop and nothing blocks it.
final class Connection: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  /// From open to closed, in this order.
  enum Phase {
    case open
    /// Takes no more requests; closes when those in flight are answered.
    case draining
    /// Everything was sent and our side is closed; what still comes in is not looked at.
    case lingering
    case closed
  }

  let service: CallService
  private(set) lazy var processor = makeProcessor()
  var logger: Logger
  var context: ChannelHandlerContext?
  /// Who is at the other end.
  var session = ClientSession()
  var phase = Phase.open
  var answers: AnswerWriter<FrameBatch>?
  var inFlight: [UInt64: Call] = [:]
  var streams: [UInt64: StreamCall] = [:]
  /// Requests that are not whole yet.
  var pieces: RequestPieces
  /// Requests of the read that is going on.
  var arrivals: [Call] = []
  var waitingBytes = 0
  let unfinished: UnfinishedBytes
  /// Of these, those of a frame that is not whole.
  private var frameBytes = 0
  let slot: ConnectionSlot
  /// A read that was asked for while the connection was paused.
  var isReadHeld = false
  var frameCount = 0
  var frameTimer: Scheduled<Void>?
  var closeTimer: Scheduled<Void>?
  /// Runs while the client does not take what was sent.
  var slowReaderTimer: Scheduled<Void>?

  /// - Parameter number: counts the connections of the server, for its log.
  init(service: CallService, number: Int, logger: Logger) {
    (self.service, self.logger) = (service, logger)
    self.logger[metadataKey: "connection"] = "\(number)"
    unfinished = UnfinishedBytes(service.unfinishedBytes)
    pieces = RequestPieces(unfinished)
    slot = ConnectionSlot(service)
  }

  var limits: CallLimits { service.limits }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    answers = AnswerWriter<FrameBatch>(eventLoop: context.eventLoop, unsent: service.unsentAnswers) {
      bound.value.sendAnswers()
    }
    if context.channel.isActive { open(context) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    answers?.close()
    self.context = nil
  }

  func channelActive(context: ChannelHandlerContext) { open(context) }

  private func open(_ context: ChannelHandlerContext) {
    guard phase == .open, !isCounted else { return }
    PeerIdentity.find(context.channel) { self.session = $0 }
    logger.debug(
      "connection opened", metadata: ["peer": "\(session.peer)", "actor": "\(session.credentials.user ?? "")"])
    isCounted = true
    let hasPlace = slot.take(for: session, on: context.eventLoop) { [weak self] in self?.refuseStranger() }
    if !hasPlace { refuse(service.connections.refusal) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    for call in inFlight.values { call.abandon() }
    for stream in streams.values { stream.end(nil) }
    pieces.removeAll()
    if phase == .open, processor.unprocessedBytes > 0 { logCutOffFrame() }
    phase = .closed
    frameTimer?.cancel()
    closeTimer?.cancel()
    slowReaderTimer?.cancel()
    answers?.close()
    answers = nil
    (inFlight, streams) = ([:], [:])
    self.context = nil
    slot.giveBack()
    unfinished.giveBackAll()
    logger.debug("connection closed", metadata: ["frames": "\(frameCount)"])
  }

  // MARK: Reading

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard phase == .open || phase == .draining, !isRefused else { return }
    do {
      try processor.process(buffer: unwrapInboundIn(data)) { frame in
        frameCount += 1
        try receive(frame)
      }
      try countFrameBytes()
    } catch {
      refuse(error as? CallStatus ?? CallStatus(.malformedFrame, "\(error)"))
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if !arrivals.isEmpty {
      service.add(arrivals)
      arrivals.removeAll(keepingCapacity: true)
    }
    // Nothing is written here: a write to a client that is gone closes the channel, and swift-nio does not expect that
    // from one that is being told of its end (it asserts so in debug builds). Answers are sent in the loop's next step.
    watchFrame()
  }

  /// True once the client was told why it is closed.
  private var isRefused = false
  /// True once the connection was counted among those of the server.
  private var isCounted = false

  private func makeProcessor() -> NIOSingleStepByteToMessageProcessor<FrameDecoder> {
    NIOSingleStepByteToMessageProcessor(
      FrameDecoder(strangerBytesMax: limits.strangerBytesMax) { [weak self] token throws(CallStatus) in
        try self?.mustBeKnown(token)
      })
  }

  /// Counts what came of a frame that is not whole.
  private func countFrameBytes() throws(CallStatus) {
    unfinished.giveBack(exchange(&frameBytes, with: 0))
    guard unfinished.take(processor.unprocessedBytes) else { throw unfinished.refusal }
    frameBytes = processor.unprocessedBytes
  }

  /// Lets a long frame come only of a caller who is known, or who need not be.
  private func mustBeKnown(_ token: String) throws(CallStatus) {
    guard slot.isStranger, service.access.restricts else { return }
    try service.checkToken(token, of: &session)
    slot.noteKnown()
  }

  /// Closes a connection that was idle for too long, or must make room, and of which nobody knows whose it is.
  private func refuseStranger() {
    guard inFlight.isEmpty, streams.isEmpty else { return }
    refuse(CallStatus(.tooManyConnections, "the connection was idle, and nobody knows whose it is"))
    context?.close(promise: nil)
  }

  /// Tells the client what was wrong with the stream itself, then closes.
  func refuse(_ status: CallStatus) {
    guard !isRefused, phase == .open || phase == .draining else { return }
    isRefused = true
    // What came of its frame is let go at once: it may stay open for a while.
    processor = makeProcessor()
    unfinished.giveBack(exchange(&frameBytes, with: 0))
    logger.warning("connection refused", metadata: ["code": "\(status.code)", "reason": "\(status)"])
    answers?.add(.init(frames: FrameCodec.encode(answer: .failure(status), id: 0)))
    drain()
  }

  /// Takes no more requests and closes once those in flight are answered.
  func drain() {
    guard phase == .open, let context else { return }
    phase = .draining
    for stream in streams.values { stream.end(CallStatus(.shuttingDown, "the connection is being closed")) }
    closeTimer = context.eventLoop.assumeIsolated().scheduleTask(in: .secondsOf(limits.drainSecondsMax)) {
      self.logger.warning("closed with requests in flight", metadata: ["requests": "\(self.inFlight.count)"])
      self.context?.close(promise: nil)
    }
    sendAnswers()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is ChannelShouldQuiesceEvent: drain()
    case let event as HandshakeDone:
      session.credentials.certificateSubject = event.clientSubject
      if event.clientSubject != nil, service.isKnown(session) { slot.noteKnown() }
    case ChannelEvent.inputClosed:
      if processor.unprocessedBytes > 0, phase == .open { logCutOffFrame() }
      if phase == .lingering { context.close(promise: nil) } else { drain() }
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    logger.debug("connection failed", metadata: ["error": "\(error)"])
    context.close(promise: nil)
  }

  private func logCutOffFrame() {
    logger.warning("frame cut off by the client", metadata: ["bytes": "\(processor.unprocessedBytes)"])
  }
}
