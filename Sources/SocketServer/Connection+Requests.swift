import Messages
import NIOCore

extension Connection {
  /// Takes one frame. Throws `MALFORMED_FRAME` for what a client never sends.
  func receive(_ frame: Frame) throws(CallStatus) {
    switch frame {
    case .request(let request): try receive(request)
    case .cancel(let id): cancel(id)
    case .response: throw CallStatus(.malformedFrame, "clients send no responses")
    }
  }

  private func receive(_ request: FrameRequest) throws(CallStatus) {
    guard request.id != 0 else { throw CallStatus(.malformedFrame, "request id 0 is reserved") }
    if !pieces.contains(request.id), inFlight[request.id] != nil || streams[request.id] != nil {
      return answer(
        CallStatus(.duplicateID, "a request with this id is in flight", value: "\(request.id)"), to: request.id)
    }
    switch try pieces.add(request, startTimer: pieceTimer) {
    case .whole(let request): start(request)
    case .refused(let status): answer(status, to: request.id)
    case .incomplete, .passedOver: return
    }
  }

  private func start(_ request: FrameRequest) {
    let isStream = shared.queue.isStream(request.method)
    if let refusal = isStream ? refusalOfStream : refusalOfRequest { return answer(refusal, to: request.id) }
    guard let answers else { return }
    if isStream { return startStream(request, answers) }
    let pending = PendingRequest(request, caller: caller, answers: answers)
    inFlight[request.id] = pending
    waitingBytes += request.payload.count
    arrivals.append(pending)
  }

  private func startStream(_ request: FrameRequest, _ answers: AnswerCollector) {
    let stream = StreamCall(request, answers: answers, lane: shared.queue.streams)
    streams[request.id] = stream
    shared.queue.open(stream)
    guard request.deadlineMilliseconds > 0, let context else { return }
    context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(request.deadlineMilliseconds))) {
      [weak stream] in
      stream?.end(CallStatus(.deadlineExceeded, "the time of the stream is over"))
    }
  }

  private func answer(_ refusal: CallStatus, to id: UInt64) {
    answers?.add(FrameCodec.encode(answer: .failure(refusal), id: id), finishing: nil)
  }

  /// Why a request is not taken, or `nil`.
  private var refusalOfRequest: CallStatus? {
    let countMax = shared.limits.requestsInFlightPerConnectionMax
    if inFlight.count >= countMax { return CallStatus(.tooManyRequests, "\(countMax) requests are in flight") }
    return refusalByPhase
  }

  private var refusalOfStream: CallStatus? {
    let countMax = shared.limits.streamsPerConnectionMax
    if streams.count >= countMax { return CallStatus(.tooManyRequests, "\(countMax) streams are open") }
    return refusalByPhase
  }

  private var refusalByPhase: CallStatus? {
    phase == .open ? nil : CallStatus(.shuttingDown, "the connection is being closed")
  }

  /// Drops a request that has not started, or ends a stream; a request that has started is answered as if nothing had
  /// been said.
  private func cancel(_ id: UInt64) {
    if pieces.refuse(id) {
      return answer(CallStatus(.cancelled, "the client cancelled the request before it was whole"), to: id)
    }
    if let stream = streams[id] { return stream.end(CallStatus(.cancelled, "the client cancelled the stream")) }
    guard let request = inFlight[id], request.take() else { return }
    let status = CallStatus(.cancelled, "the client cancelled the request before it started")
    answers?.add(FrameCodec.encode(answer: .failure(status), id: id), finishing: id)
  }

  private func pieceTimer(_ id: UInt64) -> Scheduled<Void>? {
    let seconds = shared.limits.frameSecondsMax
    return context?.eventLoop.assumeIsolated().scheduleTask(in: .secondsOf(seconds)) {
      guard self.pieces.refuse(id) else { return }
      self.answer(
        CallStatus(.deadlineExceeded, "the next piece of a request did not come within \(seconds) s"), to: id)
    }
  }

  // MARK: Sending

  /// Sends all answers that are ready in one write.
  func sendAnswers() {
    guard let answers, let context else { return }
    let batch = answers.take()
    for id in batch.finishedIDs {
      streams[id] = nil
      guard let request = inFlight.removeValue(forKey: id) else { continue }
      waitingBytes -= request.payload.count
    }
    if batch.bytes.readableBytes > 0 { context.writeAndFlush(wrapOutboundOut(batch.bytes), promise: nil) }
    lingerIfDone()
    resumeReading()
  }

  /// Closes our side when everything was answered and sent, then waits for the client to close its own.
  func lingerIfDone() {
    guard phase == .draining, inFlight.isEmpty, streams.isEmpty, let context else { return }
    phase = .lingering
    let loop = context.eventLoop.assumeIsolated()
    let sent = context.eventLoop.makePromise(of: Void.self)
    // Writes complete in order: an empty one completes after all answers.
    context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: sent)
    sent.futureResult.assumeIsolated().whenComplete { _ in
      self.context?.close(mode: .output, promise: nil)
      self.closeTimer?.cancel()
      self.closeTimer = loop.scheduleTask(in: .secondsOf(self.shared.limits.lingerSecondsMax)) {
        self.context?.close(promise: nil)
      }
    }
  }

  // MARK: Pausing

  /// Nothing is read while the client does not take its answers, or has too much waiting.
  private var isPaused: Bool {
    guard let context else { return true }
    guard phase == .open || phase == .draining else { return false }
    return !context.channel.isWritable || waitingBytes > shared.limits.waitingBytesPerConnectionMax
  }

  func read(context: ChannelHandlerContext) {
    if isPaused { isReadHeld = true } else { context.read() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    answers?.isTaken = context.channel.isWritable
    if context.channel.isWritable { for stream in streams.values { stream.resume() } }
    resumeReading()
    context.fireChannelWritabilityChanged()
  }

  private func resumeReading() {
    guard isReadHeld, !isPaused, let context else { return }
    isReadHeld = false
    context.read()
  }

  // MARK: Waiting for the rest of a frame

  /// Starts the clock of a frame that has begun.
  func watchFrame() {
    guard frameTimer == nil, phase == .open, processor.unprocessedBytes > 0, let context else { return }
    let count = frameCount
    let seconds = shared.limits.frameSecondsMax
    frameTimer = context.eventLoop.assumeIsolated().scheduleTask(in: .secondsOf(seconds)) {
      self.frameTimer = nil
      // Where the server itself stopped reading, the client is not to blame.
      if self.frameCount == count, self.processor.unprocessedBytes > 0, !self.isReadHeld {
        self.refuse(CallStatus(.deadlineExceeded, "the rest of a frame did not come within \(seconds) s"))
      } else {
        self.watchFrame()
      }
    }
  }
}
