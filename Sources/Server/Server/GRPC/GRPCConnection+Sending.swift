import Framing
import Messages
import NIOCore
import NIOHPACK
import NIOHTTP2

extension GRPCConnection {
  /// Streams wait while this many bytes are written and not taken.
  private static let pendingBytesHigh = 1 << 20
  private static let pendingBytesLow = 256 << 10

  /// True while a client has not taken what was written.
  var takesTooLittle: Bool { pendingBytes > Self.pendingBytesHigh }

  /// Sends all answers that are ready in one write.
  func sendAnswers() {
    guard let answers, let context else { return }
    let pieces = answers.take().pieces
    guard !pieces.isEmpty else { return }
    for piece in pieces {
      switch piece {
      case .message(let id, let message, let isLast):
        let stream = HTTP2StreamID(Int(id))
        guard calls[stream] != nil else {
          noteTaken(message.readableBytes)
          continue
        }
        write(message, stream) { [weak self] in self?.noteTaken($0) }
        if isLast { finishWell(stream) }
      case .refusal(let id, let status): end(HTTP2StreamID(Int(id)), status)
      }
    }
    context.flush()
    closeIfDone()
  }

  /// A message of a call, after its headers.
  ///
  /// - Parameter wereTaken: told how many bytes the client took.
  func write(_ message: ByteBuffer, _ id: HTTP2StreamID, wereTaken: @escaping (Int) -> Void = { _ in }) {
    guard let context, let call = calls[id] else { return }
    if !call.hasSentHeaders {
      calls[id]?.hasSentHeaders = true
      writeHeaders(GRPCHeaders.response, id, isLast: false)
    }
    let count = message.readableBytes
    if pendingBytes == 0 { lastTaken = .now() }
    pendingBytes += count
    if pendingBytes > Self.pendingBytesHigh { answers?.isWritable = false }
    let taken = context.eventLoop.makePromise(of: Void.self)
    taken.futureResult.assumeIsolated().whenComplete { [weak self] _ in
      wereTaken(count)
      self?.wasTaken(count)
    }
    let frame = HTTP2Frame(streamID: id, payload: .data(.init(data: .byteBuffer(message))))
    context.write(wrapOutboundOut(frame), promise: taken)
  }

  private func wasTaken(_ count: Int) {
    pendingBytes -= count
    lastTaken = .now()
    guard pendingBytes < Self.pendingBytesLow, answers?.isWritable == false else { return }
    // Not within the write that was just done: answers are written in the loop's next step.
    context?.eventLoop.assumeIsolated().execute {
      self.resumeConversations()
      self.context?.flush()
    }
    answers?.isWritable = true
    resumeStreams()
  }

  /// The client has taken so much of what was added, or never will.
  func noteTaken(_ count: Int) { if answers?.wereTaken(count) == true { resumeStreams() } }

  private func resumeStreams() {
    for call in calls.values { if case .streaming(let stream) = call.phase { stream.resume() } }
  }

  /// Ends a call that went well.
  func finishWell(_ id: HTTP2StreamID) {
    guard let call = calls[id] else { return }
    if !call.hasSentHeaders { writeHeaders(GRPCHeaders.response, id, isLast: false) }
    markEnded(id)
    writeHeaders(GRPCHeaders.ok, id, isLast: true)
    stopSender(id, call)
  }

  /// Ends a call that was refused.
  func end(_ id: HTTP2StreamID, _ status: CallStatus) {
    guard let call = calls[id] else { return }
    if case .ended = call.phase { return }
    markEnded(id)
    let trailers = GRPCHeaders.trailers(status)
    writeHeaders(call.hasSentHeaders ? trailers : GRPCHeaders.response.joined(trailers), id, isLast: true)
    stopSender(id, call)
  }

  /// The service is done with the call. It is forgotten when its stream is closed: until then it counts as one of the
  /// client's, who has not taken its answer.
  private func markEnded(_ id: HTTP2StreamID) {
    switch calls[id]?.phase {
    case .running: inFlightCount -= 1
    case .streaming(let stream):
      streamCount -= 1
      stream.end(nil)
    case .conversing(let caller): endConversation(of: caller)
    default: break
    }
    calls[id]?.phase = .ended
  }

  /// Refuses a call of which nothing is kept.
  func writeRefusal(_ status: CallStatus, _ id: HTTP2StreamID, isHalfClosed: Bool) {
    writeHeaders(GRPCHeaders.response.joined(GRPCHeaders.trailers(status.shortened)), id, isLast: true)
    if !isHalfClosed { reset(id) }
  }

  /// Says that the server speaks gRPC only.
  func answerWithoutGRPC(_ id: HTTP2StreamID) {
    writeHeaders([":status": "415", "accept": "\(GRPCHeaders.contentType)"], id, isLast: true)
    reset(id)
  }

  /// Tells a client that is still sending that it need not (RFC 9113, section 8.1).
  private func stopSender(_ id: HTTP2StreamID, _ call: GRPCCall) { if !call.isHalfClosed { reset(id) } }

  private func reset(_ id: HTTP2StreamID) { write(.rstStream(.noError), id) }

  private func writeHeaders(_ headers: HPACKHeaders, _ id: HTTP2StreamID, isLast: Bool) {
    write(.headers(.init(headers: headers, endStream: isLast)), id)
  }

  /// A frame that waits for the end of the read that is going on.
  func write(_ payload: HTTP2Frame.FramePayload, _ id: HTTP2StreamID) {
    hasWritten = true
    context?.write(wrapOutboundOut(HTTP2Frame(streamID: id, payload: payload)), promise: nil)
  }
}

extension HPACKHeaders {
  fileprivate func joined(_ other: HPACKHeaders) -> HPACKHeaders {
    var joined = self
    joined.add(contentsOf: other)
    return joined
  }
}
