#if Web
import Calls
import HTTPTypes
import HummingbirdCore
import Logging
import Messages
import NIOCore
import Server
import WebPages

/// One client of the web: answers its requests, one after the other. Belongs to one event loop.
final class WebConnection {
  /// What answers the request.
  private enum Running {
    case call(Call)
    case stream(StreamCall)
  }

  /// What was found out about a request before anything is sent.
  private enum Beginning {
    case page(PageAnswer)
    case running(AnswerForm)
  }

  let site: WebSite
  let service: CallService
  let channel: any Channel
  let logger: Logger
  let slot: ConnectionSlot
  var session = ClientSession()
  var isDraining = false
  /// When the first byte of a request came that is not whole yet.
  var requestStart: NIODeadline?
  /// True if nothing more is read once the answer is sent.
  private(set) var closesAfterAnswer = false
  private let unfinished: UnfinishedBytes
  private let answers: AnswerWriter<WebBatch>
  private var running: Running?
  private var form: AnswerForm?
  private var number: UInt64 = 0
  private var pieces: ArraySlice<WebBatch.Piece> = []
  private let wake: AsyncStream<Void>.Continuation
  private var signals: AsyncStream<Void>.Iterator

  init(_ channel: any Channel, site: WebSite, service: CallService, number: Int, logger: Logger) {
    (self.channel, self.site, self.service) = (channel, site, service)
    var named = logger
    named[metadataKey: "connection"] = "web-\(number)"
    self.logger = named
    slot = ConnectionSlot(service)
    unfinished = UnfinishedBytes(service.unfinishedBytes)
    // One sign is enough: whoever wakes takes all there is.
    let (stream, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    (signals, self.wake) = (stream.makeAsyncIterator(), wake)
    answers = AnswerWriter(eventLoop: channel.eventLoop, unsent: service.unsentAnswers) { wake.yield() }
  }

  // MARK: Answering

  /// Answers a request. Throws once the connection is closed.
  func answer(_ request: Request, _ writer: consuming ResponseWriter) async throws {
    number += 1
    // Its bytes are held while it waits for its turn, too.
    defer { unfinished.giveBackAll() }
    var page: PageAnswer?
    var origin: String?
    var form: AnswerForm?
    var knownTag: String?
    do {
      let head = try WebHead(request.head)
      knownTag = head.knownTag
      origin = try site.origins.check(head)
      switch try await begin(head, request, writer) {
      case .page(let known): page = known
      case .running(let known): form = known
      }
    } catch let refusal as WebRefusal {
      page = refusal.page
      closesAfterAnswer = refusal.closes || requestStart != nil
    } catch let status as CallStatus {
      page = WebRefusal(status).page
      closesAfterAnswer = requestStart != nil
    }
    self.form = form
    let heads = WebResponseHeads(
      origin: origin, isHead: request.method == .head, closes: closesAfterAnswer, knownTag: knownTag)
    if let page {
      let (response, body) = heads.page(page)
      try await writer.write(response: response, body: body)
    } else if let form {
      try await send(form, heads, writer)
    }
    (running, self.form) = (nil, nil)
  }

  private func begin(
    _ head: WebHead, _ request: Request, _ writer: borrowing ResponseWriter
  ) async throws -> Beginning {
    if isDraining { throw CallStatus(.shuttingDown, "the connection is being closed") }
    switch try site.reply(to: head) {
    case .page(let page): return .page(page)
    case .guarded(let page):
      // Of no method: whoever may ask.
      try service.check("metrics", token: head.token, of: &session)
      return .page(page())
    case .call(let call):
      let form = AnswerForm.page(call.page)
      try start(
        CallRequest(id: number, method: call.method, token: head.token, timeout: nil, payload: call.payload), form)
      return .running(form)
    case .method(let asked):
      try service.check(asked.method, token: head.token, of: &session)
      if asked.message == nil, head.header("expect")?.lowercased() == "100-continue" {
        try await writer.writeInformationalHead(HTTPResponse(status: .continue))
      }
      let body = if let message = asked.message { message } else { try await body(of: request) }
      let call = CallRequest(
        id: number, method: asked.method, token: head.token, timeout: asked.timeout, payload: body, read: asked.read)
      try start(call, asked.form)
      return .running(asked.form)
    }
  }

  /// The bytes of a request's body.
  private func body(of request: Request) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await buffer in request.body {
      guard bytes.count + buffer.readableBytes <= FrameLimits.requestBytesMax else { throw MethodRequest.tooLarge }
      guard unfinished.take(buffer.readableBytes) else { throw unfinished.refusal }
      bytes += buffer.readableBytesView
    }
    return bytes
  }

  private func start(_ request: CallRequest, _ form: AnswerForm) throws {
    let sink = WebAnswers(form, answers)
    if service.dispatcher.isStream(request.method) {
      let stream = try service.admitStream(request, of: &session, to: sink)
      running = .stream(stream)
      stream.start(timedBy: channel.eventLoop)
    } else {
      let call = try service.admit(request, of: &session, to: sink)
      running = .call(call)
      service.add([call])
    }
    slot.noteCall(request.method)
  }

  // MARK: Sending

  private func send(_ form: AnswerForm, _ heads: WebResponseHeads, _ writer: consuming ResponseWriter) async throws {
    let first = try await nextPiece()
    if case .page(let page) = first {
      let (response, body) = heads.page(page)
      try await writer.write(response: response, body: body)
      return taken(first)
    }
    var body = try await writer.writeHead(heads.stream(form.streamType ?? ""))
    var piece = first
    while true {
      let (bytes, isLast): ([UInt8], Bool) =
        switch piece {
        case .part(let bytes): (bytes, false)
        case .last(let bytes): (bytes, true)
        case .page(let page): (form.lateRefusal(page.body), true)
        }
      try await body.write(ByteBuffer(bytes: bytes))
      taken(piece)
      if isLast { break }
      piece = try await nextPiece()
    }
    try await body.finish(nil)
  }

  /// Waits for what comes next. Throws once the connection is closed.
  private func nextPiece() async throws -> WebBatch.Piece {
    while true {
      if let piece = pieces.popFirst() { return piece }
      guard await signals.next() != nil else { throw ChannelError.ioOnClosedChannel }
      pieces = answers.take().pieces[...]
    }
  }

  private func taken(_ piece: WebBatch.Piece) {
    if answers.wereTaken(WebBatch.bytes(of: piece)), case .stream(let stream) = running { stream.resume() }
  }

  // MARK: What the channel tells

  /// Shows the client of a stream, and whatever is between, that it is still there.
  func showSign() {
    if case .stream = running, let sign = form?.sign, !sign.isEmpty { answers.add(.part(sign)) }
  }

  /// The client says nothing more. Who has asked for an answer may wait for it; a stream has nobody to end it.
  func inputClosed() {
    if case .stream(let stream) = running { stream.end(CallStatus(.cancelled, "the client is gone")) }
  }

  /// Takes no more requests; streams end.
  func drain() {
    isDraining = true
    if case .stream(let stream) = running { stream.end(CallStatus(.shuttingDown, "the connection is being closed")) }
  }

  func closed() {
    switch running {
    case .call(let call): call.abandon()
    case .stream(let stream): stream.end(nil)
    case nil: break
    }
    running = nil
    answers.close()
    wake.finish()
    slot.giveBack()
    unfinished.giveBackAll()
  }
}
#endif
