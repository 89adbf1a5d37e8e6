import Calls
import Framing
import Messages
import NIOCore
import NIOHPACK
import NIOHTTP2

extension GRPCConnection {
  // MARK: Receiving

  /// Takes the headers of a new call; trailers of a client end its request.
  func receive(_ frame: HTTP2Frame.FramePayload.Headers, _ id: HTTP2StreamID) {
    if calls[id] != nil {
      if frame.endStream { halfClose(id) }
      return
    }
    lastStreamID = max(lastStreamID, id)
    guard GRPCCallHeaders.isGRPC(frame.headers) else { return answerWithoutGRPC(id) }
    let headers: GRPCCallHeaders
    do {
      headers = try GRPCCallHeaders(frame.headers)
      try begin(headers)
    } catch {
      return writeRefusal(error, id, isHalfClosed: frame.endStream)
    }
    let isStandard = StandardServices.has(headers.method)
    var call = GRPCCall(
      headers: headers, messageBytesMax: isStandard ? StandardServices.messageBytesMax : FrameLimits.requestBytesMax)
    if StandardServices.converses(headers.method) {
      do {
        call.phase = .conversing(caller: try beginConversation(headers))
      } catch {
        return writeRefusal(error, id, isHalfClosed: frame.endStream)
      }
    }
    calls[id] = call
    if frame.endStream { halfClose(id) }
  }

  /// Throws why a call is not taken at all.
  private func begin(_ headers: GRPCCallHeaders) throws(CallStatus) {
    if isDraining { throw CallStatus(.shuttingDown, "the connection is being closed") }
    if StandardServices.has(headers.method) { return }
    try service.check(headers.method, token: headers.token, of: &session)
    let isStream = service.dispatcher.isStream(headers.method)
    let countMax = isStream ? limits.streamsPerConnectionMax : limits.requestsInFlightPerConnectionMax
    guard (isStream ? streamCount : inFlightCount) < countMax else {
      let limit = isStream ? "streams_per_connection" : "requests_in_flight_per_connection"
      throw CallStatus(.tooManyRequests, "the connection has too many of them", limit: limit, countMax)
    }
  }

  /// Throws why a conversation is not begun.
  private func beginConversation(_ headers: GRPCCallHeaders) throws(CallStatus) -> String {
    guard streamCount < limits.streamsPerConnectionMax else {
      throw CallStatus(
        .tooManyRequests, "the connection has too many of them", limit: "streams_per_connection",
        limits.streamsPerConnectionMax)
    }
    let caller = try service.beginConversation(token: headers.token, of: &session)
    slot.noteCall(headers.method)
    streamCount += 1
    return caller
  }

  /// Takes bytes of a request.
  func receive(_ data: ByteBuffer, isLast: Bool, _ id: HTTP2StreamID) {
    guard var call = calls[id] else { return }
    if case .ended = call.phase { return }
    guard unfinished.take(data.readableBytes) else { return end(id, unfinished.refusal) }
    call.unfinishedBytes += data.readableBytes
    waitingBytes += data.readableBytes
    call.reader.add(data)
    calls[id] = call
    readMessages(id)
    if isLast { halfClose(id) }
  }

  /// Takes the messages that are there; those of a conversation as long as the client takes the answers.
  private func readMessages(_ id: HTTP2StreamID) {
    do {
      while let call = calls[id], !(call.isConversing && takesTooLittle), let message = try calls[id]?.reader.next() {
        try receive(message, id)
      }
    } catch {
      end(id, error)
    }
  }

  /// Goes on with conversations whose questions had to wait until the client took more answers.
  func resumeConversations() {
    for (id, call) in calls where call.isConversing {
      readMessages(id)
      if calls[id]?.isHalfClosed == true { endConversation(id) }
    }
  }

  private func receive(_ message: [UInt8], _ id: HTTP2StreamID) throws(CallStatus) {
    guard let call = calls[id] else { return }
    if case .conversing = call.phase { return try converse(message, id) }
    guard case .receiving = call.phase else { return }
    guard call.messageCount == 0 || service.dispatcher.takesStream(call.headers.method) else {
      throw CallStatus(.malformedMessage, "the method takes one message", value: call.headers.method)
    }
    guard call.payload.count + message.count <= FrameLimits.requestBytesMax else {
      throw CallStatus(.messageTooLarge, "a request has at most \(FrameLimits.requestBytesMax) bytes")
    }
    calls[id]?.messageCount += 1
    // Messages of a stream, put together, are one: lists add up.
    if call.messageCount == 0 { calls[id]?.payload = message } else { calls[id]?.payload += message }
  }

  /// The client sends nothing more: its request is whole.
  private func halfClose(_ id: HTTP2StreamID) {
    guard var call = calls[id] else { return }
    call.isHalfClosed = true
    calls[id] = call
    switch call.phase {
    case .conversing: endConversation(id)
    case .receiving: start(call, id)
    case .running, .streaming, .ended: break
    }
  }

  // MARK: Running

  private func start(_ call: GRPCCall, _ id: HTTP2StreamID) {
    let method = call.headers.method
    guard call.reader.unfinishedBytes == 0, call.messageCount > 0 || service.dispatcher.takesStream(method) else {
      return end(id, CallStatus(.malformedMessage, "the request ended before its message was complete", value: method))
    }
    if let answer = StandardServices.answer(method, call.payload, isDraining: isDraining) {
      slot.noteSign()
      return finish(id, answer)
    }
    guard let answers, let context else { return }
    let request = CallRequest(
      id: UInt64(Int(id)), method: method, token: call.headers.token, timeout: call.timeLeft, payload: call.payload)
    calls[id]?.payload = []
    do {
      if service.dispatcher.isStream(method) {
        let stream = try service.admitStream(request, of: &session, to: answers)
        slot.noteCall(method)
        calls[id]?.phase = .streaming(stream)
        streamCount += 1
        stream.start(timedBy: context.eventLoop)
      } else {
        let running = try service.admit(request, of: &session, to: answers)
        slot.noteCall(method)
        calls[id]?.phase = .running(running)
        inFlightCount += 1
        arrivals.append(running)
      }
    } catch {
      end(id, error)
    }
  }

  // MARK: Services that answer each message

  private func converse(_ message: [UInt8], _ id: HTTP2StreamID) throws(CallStatus) {
    guard let call = calls[id] else { return }
    if StandardServices.staysOpen(call.headers.method), call.messageCount > 0 {
      throw CallStatus(.malformedMessage, "the method takes one message", value: call.headers.method)
    }
    calls[id]?.messageCount += 1
    for answer in try StandardServices.converse(call.headers.method, message, isDraining: isDraining) {
      let message = GRPCMessage.encode(answer)
      answers?.noteWritten(message.readableBytes)
      write(message, id) { [weak self] in self?.noteTaken($0) }
    }
  }

  /// Ends a conversation, if the client has said all or the server is going away.
  func endConversation(_ id: HTTP2StreamID) {
    guard let call = calls[id] else { return }
    // What it has asked is answered before it ends.
    if !isDraining, StandardServices.staysOpen(call.headers.method) || (takesTooLittle && call.reader.hasMessage) {
      return
    }
    if isDraining, let last = StandardServices.farewell(call.headers.method) { write(GRPCMessage.encode(last), id) }
    finishWell(id)
  }

  private func finish(_ id: HTTP2StreamID, _ answer: Result<[UInt8], CallStatus>) {
    switch answer {
    case .success(let message):
      write(GRPCMessage.encode(message), id)
      finishWell(id)
    case .failure(let status): end(id, status)
    }
  }

  // MARK: Ending

  /// Forgets a call: it is over, or the client is gone.
  func abandon(_ id: HTTP2StreamID) {
    guard let call = calls.removeValue(forKey: id) else { return }
    release(call)
    switch call.phase {
    case .running(let running):
      inFlightCount -= 1
      running.abandon()
    case .streaming(let stream):
      streamCount -= 1
      stream.end(nil)
    case .conversing(let caller): endConversation(of: caller)
    case .receiving, .ended: break
    }
    closeIfDone()
  }

  func endConversation(of caller: String) {
    streamCount -= 1
    service.endConversation(of: caller)
  }

  /// Gives back what the request held in memory, and lets the client send as much.
  private func release(_ call: GRPCCall) {
    unfinished.giveBack(call.unfinishedBytes)
    waitingBytes -= call.unfinishedBytes
    topUpConnection()
  }

  // MARK: Windows

  /// Lets a client send more where it has used half of what it may send ahead.
  func windowChanged(_ event: NIOHTTP2WindowUpdatedEvent) {
    guard let size = event.inboundWindowSize else { return }
    if event.streamID == .rootStream {
      windowSize = size
      return topUpConnection()
    }
    guard let call = calls[event.streamID], !call.isHalfClosed,
      let increment = InboundWindow.increment(size: size, of: InboundWindow.streamBytes)
    else { return }
    write(.windowUpdate(windowSizeIncrement: increment), event.streamID)
  }

  /// Nothing more is let in while too much waits.
  func topUpConnection() {
    guard waitingBytes <= limits.waitingBytesPerConnectionMax,
      let increment = InboundWindow.increment(size: windowSize, of: InboundWindow.connectionBytes)
    else { return }
    windowSize += increment
    write(.windowUpdate(windowSizeIncrement: increment), .rootStream)
  }
}
