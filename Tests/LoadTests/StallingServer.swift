import Engine
import Framing
import Messages
import NIOCore
import NIOHTTP2
import NIOPosix
import Synchronization

@testable import Load

/// A server of a test's own, which stops answering for a while, or refuses.
final class StallingServer: Sendable {
  /// What goes wrong with questions for the fastest units.
  struct Script: Sendable {
    /// After so many questions no answer leaves for `stallSeconds`.
    var stallAfter = Int.max
    var stallSeconds = 0.0
    /// From this question on, every second one is refused.
    var refuseAfter = Int.max
    /// From this question on, none is answered.
    var muteAfter = Int.max
  }

  private struct State {
    var questions = 0
    var stalledUntil = NIODeadline.now()
    var calls: [String: Int] = [:]
    /// The engine's answer to the first question, which the others get too: a load is about times.
    var known: Result<[UInt8], CallStatus>?
  }

  private let dispatcher: MessageDispatcher
  private let script: Script
  private let state = Mutex(State())

  init(_ engine: TocsinEngine, _ script: Script = Script()) {
    dispatcher = MessageDispatcher(engine: engine)
    self.script = script
  }

  /// How often each method was called.
  var calls: [String: Int] { state.withLock { $0.calls } }

  /// The answer to a call and when it may leave; `nil` for never.
  func answer(method: String, payload: [UInt8]) -> (answer: Result<[UInt8], CallStatus>, at: NIODeadline)? {
    let isQuestion = method == ServiceMethods.fastestUnits.name
    let (number, at) = state.withLock { state in
      state.calls[method, default: 0] += 1
      if isQuestion {
        state.questions += 1
        if state.questions == script.stallAfter {
          state.stalledUntil = .now() + .milliseconds(Int64(script.stallSeconds * 1_000))
        }
      }
      return (isQuestion ? state.questions : 0, state.stalledUntil)
    }
    if number > script.muteAfter { return nil }
    if number > script.refuseAfter, number % 2 == 0 { return (.failure(CallStatus(.overloaded, "too much")), at) }
    if isQuestion, let known = state.withLock({ $0.known }) { return (known, at) }
    let answer = dispatcher.dispatch(method: method, payload: payload, deadline: nil)
    if isQuestion { state.withLock { $0.known = answer } }
    return (answer, at)
  }

  enum Kind: CaseIterable {
    case socket, grpc
  }

  /// Runs `body` against the server.
  func run(_ kind: Kind, _ body: (LoadTarget) async throws -> Void) async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let channel = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          switch kind {
          case .socket:
            try pipeline.addHandlers([ByteToMessageHandler(FrameReader()), StallingSocket(self)])
          case .grpc: try pipeline.addHandlers([NIOHTTP2Handler(mode: .server), StallingGRPC(self)])
          }
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let port = channel.localAddress?.port ?? 0
    do {
      try await body(
        kind == .socket ? .socket(.tcp(host: "127.0.0.1", port: port)) : .grpc(host: "127.0.0.1", port: port))
    } catch {
      try await group.shutdownGracefully()
      throw error
    }
    try await group.shutdownGracefully()
  }
}

/// Frames out of bytes.
private struct FrameReader: ByteToMessageDecoder {
  typealias InboundOut = Frame
  private var decoder = FrameDecoder()

  mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
    guard let frame = try decoder.decode(buffer: &buffer) else { return .needMoreData }
    context.fireChannelRead(wrapInboundOut(frame))
    return .continue
  }
}

/// The socket of the stalling server.
private final class StallingSocket: ChannelInboundHandler {
  typealias InboundIn = Frame
  typealias OutboundOut = ByteBuffer
  private let server: StallingServer

  init(_ server: StallingServer) { self.server = server }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .request(let request) = unwrapInboundIn(data),
      let (answer, at) = server.answer(method: request.method, payload: request.payload)
    else { return }
    let bytes = ByteBuffer(bytes: FrameCodec.encode(answer: answer, id: request.id))
    context.eventLoop.assumeIsolated().scheduleTask(deadline: at) {
      context.writeAndFlush(self.wrapOutboundOut(bytes), promise: nil)
    }
  }
}

/// The gRPC of the stalling server.
private final class StallingGRPC: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame
  typealias OutboundOut = HTTP2Frame
  private let server: StallingServer
  private var methods: [HTTP2StreamID: String] = [:]
  private var payloads: [HTTP2StreamID: GRPCMessageReader] = [:]

  init(_ server: StallingServer) { self.server = server }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = unwrapInboundIn(data)
    switch frame.payload {
    case .headers(let headers):
      methods[frame.streamID] = try? GRPCCallHeaders(headers.headers).method
    case .data(let data):
      guard case .byteBuffer(let bytes) = data.data else { return }
      payloads[frame.streamID, default: GRPCMessageReader(bytesMax: 1 << 20)].add(bytes)
      if data.endStream { answer(frame.streamID, context) }
    default: break
    }
  }

  private func answer(_ stream: HTTP2StreamID, _ context: ChannelHandlerContext) {
    guard var reader = payloads.removeValue(forKey: stream), let payload = try? reader.next(),
      let method = methods.removeValue(forKey: stream),
      let (answer, at) = server.answer(method: method, payload: payload)
    else { return }
    context.eventLoop.assumeIsolated().scheduleTask(deadline: at) { self.send(answer, stream, context) }
  }

  private func send(_ answer: Result<[UInt8], CallStatus>, _ stream: HTTP2StreamID, _ context: ChannelHandlerContext) {
    var payloads: [HTTP2Frame.FramePayload] = []
    switch answer {
    case .success(let message):
      payloads.append(.headers(.init(headers: GRPCHeaders.response)))
      payloads.append(.data(.init(data: .byteBuffer(GRPCMessage.encode(message)))))
      payloads.append(.headers(.init(headers: GRPCHeaders.ok, endStream: true)))
    case .failure(let status):
      payloads.append(.headers(.init(headers: GRPCHeaders.response)))
      payloads.append(.headers(.init(headers: GRPCHeaders.trailers(status), endStream: true)))
    }
    for payload in payloads {
      context.write(wrapOutboundOut(HTTP2Frame(streamID: stream, payload: payload)), promise: nil)
    }
    context.flush()
  }
}
