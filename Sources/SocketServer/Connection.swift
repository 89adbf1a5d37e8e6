import FrameStream
import Logging
import Messages
import NIOCore
import NIOExtras

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

  let shared: SharedState
  let processor = NIOSingleStepByteToMessageProcessor(FrameDecoder())
  var logger: Logger
  var context: ChannelHandlerContext?
  /// Who is at the other end.
  var caller = Caller()
  var phase = Phase.open
  var answers: AnswerCollector?
  var inFlight: [UInt64: PendingRequest] = [:]
  var streams: [UInt64: StreamCall] = [:]
  /// Requests that are not whole yet.
  var pieces = RequestPieces()
  /// Requests of the read that is going on.
  var arrivals: [PendingRequest] = []
  var waitingBytes = 0
  /// A read that was asked for while the connection was paused.
  var isReadHeld = false
  var frameCount = 0
  var frameTimer: Scheduled<Void>?
  var closeTimer: Scheduled<Void>?

  init(shared: SharedState) {
    self.shared = shared
    logger = shared.logger
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    answers = AnswerCollector(eventLoop: context.eventLoop) { bound.value.sendAnswers() }
    if context.channel.isActive { open(context) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    answers?.close()
    self.context = nil
  }

  func channelActive(context: ChannelHandlerContext) { open(context) }

  private func open(_ context: ChannelHandlerContext) {
    let number = shared.connectionOpened()
    logger[metadataKey: "connection"] = "\(number.id)"
    PeerIdentity.find(context.channel) { self.caller = $0 }
    logger.debug("connection opened", metadata: ["peer": "\(caller.peer)", "actor": "\(caller.actor)"])
    guard number.openCount > shared.limits.connectionsMax else { return }
    refuse(CallStatus(.tooManyConnections, "the server has \(shared.limits.connectionsMax) connections"))
  }

  func channelInactive(context: ChannelHandlerContext) {
    for request in inFlight.values { _ = request.take() }
    for stream in streams.values { stream.end(nil) }
    pieces.removeAll()
    if phase == .open, processor.unprocessedBytes > 0 { logCutOffFrame() }
    phase = .closed
    frameTimer?.cancel()
    closeTimer?.cancel()
    answers?.close()
    answers = nil
    (inFlight, streams) = ([:], [:])
    self.context = nil
    shared.connectionClosed()
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
    } catch {
      refuse(error as? CallStatus ?? CallStatus(.malformedFrame, "\(error)"))
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if !arrivals.isEmpty {
      shared.queue.add(arrivals)
      arrivals.removeAll(keepingCapacity: true)
    }
    sendAnswers()
    watchFrame()
  }

  /// True once the client was told why it is closed.
  private var isRefused = false

  /// Tells the client what was wrong with the stream itself, then closes.
  func refuse(_ status: CallStatus) {
    guard !isRefused, phase == .open || phase == .draining else { return }
    isRefused = true
    logger.warning("connection refused", metadata: ["code": "\(status.code)", "reason": "\(status)"])
    answers?.add(FrameCodec.encode(answer: .failure(status), id: 0), finishing: nil)
    drain()
  }

  /// Takes no more requests and closes once those in flight are answered.
  func drain() {
    guard phase == .open, let context else { return }
    phase = .draining
    for stream in streams.values { stream.end(CallStatus(.shuttingDown, "the connection is being closed")) }
    closeTimer = context.eventLoop.assumeIsolated().scheduleTask(in: .secondsOf(shared.limits.drainSecondsMax)) {
      self.logger.warning("closed with requests in flight", metadata: ["requests": "\(self.inFlight.count)"])
      self.context?.close(promise: nil)
    }
    sendAnswers()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is ChannelShouldQuiesceEvent: drain()
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

extension TimeAmount {
  /// The time, at most a year, whatever number was set.
  static func secondsOf(_ seconds: Double) -> TimeAmount {
    let secondsMax = 365.0 * 86_400
    return .nanoseconds(Int64(Double.minimum(Double.maximum(seconds, 0), secondsMax) * 1e9))
  }
}
