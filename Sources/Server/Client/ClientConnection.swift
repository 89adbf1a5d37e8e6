import Framing
import Messages
import NIOCore

/// The event loop's side of a client: sends what has gathered, brings answers, ends calls whose time is over.
final class ClientConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let calls: CallTable
  private let address: ServerAddress
  private let processor = NIOSingleStepByteToMessageProcessor(FrameDecoder())
  private var context: ChannelHandlerContext?
  private var sweep: (deadline: NIODeadline, timer: Scheduled<Void>)?

  private let isEncrypted: Bool
  private var hasHeard = false

  init(calls: CallTable, address: ServerAddress, isEncrypted: Bool) {
    (self.calls, self.address, self.isEncrypted) = (calls, address, isEncrypted)
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  /// A channel that never became active never becomes inactive either.
  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  /// Sends all frames that have gathered in one write; `deadline` is the earliest of new calls.
  func send(deadline: NIODeadline?) {
    let outgoing = calls.takeOutgoing()
    guard let context else { return }
    if outgoing.readableBytes > 0 { context.writeAndFlush(NIOAny(outgoing), promise: nil) }
    if let deadline { scheduleSweep(at: deadline) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    hasHeard = true
    do {
      try processor.process(buffer: unwrapInboundIn(data)) { frame in
        guard case .response(let response) = frame else {
          throw CallStatus(.malformedFrame, "servers send responses only")
        }
        if response.id == 0, let refusal = response.refusal { throw refusal }
        calls.receive(response)
      }
    } catch {
      calls.fail((error as? CallStatus).map(meant) ?? lost("\(error)"))
      context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    self.context = nil
    sweep?.timer.cancel()
    let mayWantTLS = address.isNetwork && !hasHeard && !isEncrypted
    calls.fail(
      lost("the server closed the connection" + (mayWantTLS ? " before it answered; it may want TLS (--ca)" : "")))
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    calls.fail(lost("\(error)"))
    context.close(promise: nil)
  }

  /// A server of another kind is no server of ours.
  private func meant(_ status: CallStatus) -> ClientError {
    switch ForeignProtocol(rawValue: status.value) {
    case .tls:
      ClientError(.connectionFailed, "the server there speaks TLS: name its authority (--ca)", value: "\(address)")
    case .some(let other):
      ClientError(
        .connectionFailed, "the server there speaks \(other.rawValue): it is another port", value: "\(address)")
    case nil: ClientError(status)
    }
  }

  private func lost(_ reason: String) -> ClientError { ClientError(.connectionLost, reason, value: "\(address)") }

  /// Looks for calls whose time is over at `deadline`, or earlier if that is planned already.
  private func scheduleSweep(at deadline: NIODeadline) {
    guard let context else { return }
    if let sweep, sweep.deadline <= deadline { return }
    sweep?.timer.cancel()
    let timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.endExpiredCalls() }
    sweep = (deadline, timer)
  }

  private func endExpiredCalls() {
    sweep = nil
    let (ids, next) = calls.expired(at: .now())
    for id in ids { _ = calls.abandon(id, because: ClientError(.deadlineExceeded, "no answer came in time")) }
    send(deadline: next)
  }
}

extension ServerAddress {
  fileprivate var isNetwork: Bool {
    if case .tcp = self { true } else { false }
  }
}
