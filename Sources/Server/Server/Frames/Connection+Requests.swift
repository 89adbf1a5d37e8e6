import Calls
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
    if request.more, !pieces.contains(request.id) {
      do {
        try service.check(request.method, token: request.token, of: &session)
      } catch {
        answer(error, to: request.id)
        return pieces.passOver(request)
      }
    }
    switch try pieces.add(request, startTimer: pieceTimer) {
    case .whole(let request): start(request)
    case .refused(let status): answer(status, to: request.id)
    case .incomplete, .passedOver: return
    }
  }

  private func start(_ frame: FrameRequest) {
    let isStream = service.dispatcher.isStream(frame.method)
    if let refusal = refusal(ofStream: isStream) { return answer(refusal, to: frame.id) }
    guard let answers, let context else { return }
    let request = CallRequest(frame)
    do {
      if isStream {
        let stream = try service.admitStream(request, of: &session, to: answers)
        slot.noteCall(frame.method)
        streams[stream.id] = stream
        return stream.start(timedBy: context.eventLoop)
      }
      let call = try service.admit(request, of: &session, to: answers)
      slot.noteCall(frame.method)
      guard unfinished.take(call.payloadBytes) else { return answer(unfinished.refusal, to: frame.id) }
      inFlight[call.id] = call
      waitingBytes += call.payloadBytes
      arrivals.append(call)
    } catch {
      answer(error, to: frame.id)
    }
  }

  private func answer(_ refusal: CallStatus, to id: UInt64) {
    answers?.add(.init(frames: FrameCodec.encode(answer: .failure(refusal), id: id)))
  }

  /// Why a request is not taken, or `nil`.
  private func refusal(ofStream isStream: Bool) -> CallStatus? {
    let (streamsMax, requestsMax) = (limits.streamsPerConnectionMax, limits.requestsInFlightPerConnectionMax)
    if isStream, streams.count >= streamsMax {
      return CallStatus(
        .tooManyRequests, "the connection has too many streams", limit: "streams_per_connection", streamsMax)
    }
    if !isStream, inFlight.count >= requestsMax {
      return CallStatus(
        .tooManyRequests, "too many requests of the connection are in flight",
        limit: "requests_in_flight_per_connection", requestsMax)
    }
    return phase == .open ? nil : CallStatus(.shuttingDown, "the connection is being closed")
  }

  /// Drops a request that has not started, or ends a stream or long work; a request that is answered already is
  /// answered as if nothing had been said.
  private func cancel(_ id: UInt64) {
    if pieces.refuse(id) {
      return answer(CallStatus(.cancelled, "the client cancelled the request before it was complete"), to: id)
    }
    if let stream = streams[id] { return stream.end(CallStatus(.cancelled, "the client cancelled the stream")) }
    inFlight[id]?.cancel()
  }

  private func pieceTimer(_ id: UInt64) -> Scheduled<Void>? {
    let seconds = limits.frameSecondsMax
    return context?.eventLoop.assumeIsolated().scheduleTask(in: .secondsOf(seconds)) {
      guard self.pieces.refuse(id) else { return }
      self.answer(CallStatus(.deadlineExceeded, "the next piece of a request did not come within \(seconds) s"), to: id)
    }
  }

  // MARK: Sending

  /// Sends all answers that are ready in one write.
  func sendAnswers() {
    guard let answers, let context else { return }
    let batch = answers.take()
    for id in batch.finishedIDs {
      streams[id] = nil
      guard let call = inFlight.removeValue(forKey: id) else { continue }
      waitingBytes -= call.payloadBytes
      unfinished.giveBack(call.payloadBytes)
    }
    let count = batch.bytes.readableBytes
    if count > 0 {
      let taken = context.eventLoop.makePromise(of: Void.self)
      taken.futureResult.assumeIsolated().whenComplete { _ in
        if answers.wereTaken(count) { self.resumeStreams() }
      }
      context.writeAndFlush(wrapOutboundOut(batch.bytes), promise: taken)
    }
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
      self.closeTimer = loop.scheduleTask(in: .secondsOf(self.limits.lingerSecondsMax)) {
        self.context?.close(promise: nil)
      }
    }
  }

  // MARK: Pausing

  /// Nothing is read while the client does not take its answers, or has too much waiting.
  private var isPaused: Bool {
    guard let context else { return true }
    guard phase == .open || phase == .draining else { return false }
    return !context.channel.isWritable || waitingBytes > limits.waitingBytesPerConnectionMax
  }

  func read(context: ChannelHandlerContext) { if isPaused { isReadHeld = true } else { context.read() } }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    answers?.isWritable = context.channel.isWritable
    if context.channel.isWritable { resumeStreams() }
    watchReader(context)
    resumeReading()
    context.fireChannelWritabilityChanged()
  }

  private func resumeStreams() { for stream in streams.values { stream.resume() } }

  /// Cuts a client off that takes nothing for too long: what waits for it is memory.
  private func watchReader(_ context: ChannelHandlerContext) {
    slowReaderTimer?.cancel()
    slowReaderTimer = nil
    guard !context.channel.isWritable else { return }
    let seconds = limits.slowReaderSecondsMax
    slowReaderTimer = context.eventLoop.assumeIsolated().scheduleTask(in: .secondsOf(seconds)) {
      self.logger.warning("slow reader cut off", metadata: ["peer": "\(self.session.peer)", "seconds": "\(seconds)"])
      self.context?.close(promise: nil)
    }
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
    let seconds = limits.frameSecondsMax
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

extension CallRequest {
  init(_ frame: FrameRequest) {
    let milliseconds = frame.deadlineMilliseconds
    self.init(
      id: frame.id, method: frame.method, token: frame.token,
      timeout: milliseconds == 0 ? nil : .milliseconds(Int64(milliseconds)), payload: frame.payload)
  }
}
