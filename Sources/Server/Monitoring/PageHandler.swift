import NIOCore
import NIOHTTP1
import Synchronization

/// Answers the one request of an HTTP connection, and closes it.
final class PageHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let registry: PrometheusRegistry
  private let state: ServingState
  private var isAnswered = false

  init(registry: PrometheusRegistry, state: ServingState) { (self.registry, self.state) = (registry, state) }

  /// An answer without its head.
  private struct Page {
    var status: HTTPResponseStatus
    var text: String
    var contentType = "text/plain; charset=utf-8"
    var allowedMethods: String?
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isAnswered, case .head(let head) = unwrapInboundIn(data) else { return }
    // What else comes, a body or another request, is not looked at.
    isAnswered = true
    write(page(head), isHead: head.method == .HEAD, version: head.version, context)
  }

  private func page(_ head: HTTPRequestHead) -> Page {
    let path = head.uri.prefix { $0 != "?" }
    guard path == "/metrics" || path == "/health" else { return Page(status: .notFound, text: "not found\n") }
    guard head.method == .GET || head.method == .HEAD else {
      return Page(status: .methodNotAllowed, text: "only GET\n", allowedMethods: "GET, HEAD")
    }
    if path == "/metrics" {
      return Page(status: .ok, text: registry.exposition(), contentType: ExpositionText.contentType)
    }
    let phase = state.phase
    return Page(status: phase == .serving ? .ok : .serviceUnavailable, text: "\(phase)\n")
  }

  private func write(_ page: Page, isHead: Bool, version: HTTPVersion, _ context: ChannelHandlerContext) {
    var headers = HTTPHeaders([
      ("Content-Type", page.contentType), ("Content-Length", String(page.text.utf8.count)), ("Connection", "close"),
    ])
    if let methods = page.allowedMethods { headers.add(name: "Allow", value: methods) }
    context.write(
      wrapOutboundOut(.head(HTTPResponseHead(version: version, status: page.status, headers: headers))), promise: nil)
    if !isHead {
      context.write(
        wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(string: page.text)))), promise: nil)
    }
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// Closes a connection that sends more bytes than a request of ours has.
final class ByteLimit: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let bytesMax: Int
  private var byteCount = 0

  init(bytesMax: Int) { self.bytesMax = bytesMax }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    byteCount += unwrapInboundIn(data).readableBytes
    if byteCount > bytesMax { context.close(promise: nil) } else { context.fireChannelRead(data) }
  }
}

/// Counts the open connections of an endpoint.
final class OpenConnections: Sendable {
  private let count = Atomic(0)

  /// True if there was room; the connection counts until it is closed.
  func open(max: Int, until closed: EventLoopFuture<Void>) -> Bool {
    guard count.wrappingAdd(1, ordering: .relaxed).newValue <= max else {
      count.wrappingSubtract(1, ordering: .relaxed)
      return false
    }
    closed.whenComplete { _ in self.count.wrappingSubtract(1, ordering: .relaxed) }
    return true
  }
}
