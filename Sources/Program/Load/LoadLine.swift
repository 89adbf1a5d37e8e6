import NIOCore

/// A connection that carries a load. It belongs to its event loop.
protocol LoadLine: AnyObject {
  /// False once the connection is lost.
  var isOpen: Bool { get }
  /// What stands before a message in the pieces of an answer.
  var prefixBytes: Int { get }
  /// Adds a request to those that the next flush sends.
  func write(_ call: PreparedCall, id: UInt64)
  /// Sends what was written, all at once.
  func flush()
  /// Ends the connection.
  func close()
}

/// A line that is the last handler of its channel.
protocol LineHandler: ChannelInboundHandler, LoadLine {
  var index: Int { get }
  var hub: LineHub { get }
  /// `nil` before the connection and after it.
  var context: ChannelHandlerContext? { get set }
}

extension LineHandler {
  var isOpen: Bool { context != nil }
  func close() { context?.close(promise: nil) }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }
  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }
  func channelReadComplete(context: ChannelHandlerContext) { hub.listener?.readCompleted() }

  func channelInactive(context: ChannelHandlerContext) {
    self.context = nil
    hub.listener?.lost(line: index)
  }
}

/// Is told what comes over the lines.
protocol LineListener: AnyObject {
  /// Bytes of an answer; more may follow.
  func received(_ bytes: UnsafeRawBufferPointer, id: UInt64)
  /// An answer is complete; `code` is the stable name of a refusal.
  func answered(id: UInt64, code: String?)
  /// Nothing more comes for what was sent over the line.
  func lost(line: Int)
  /// All that had arrived was told.
  func readCompleted()
}

/// The lines of a load.
final class LineHub {
  var lines: [any LoadLine] = []
  var listener: (any LineListener)?
  private var turn = 0

  func add(_ line: any LoadLine) { lines.append(line) }

  /// The next open line in turn and its index; `nil` if all are lost.
  func next() -> (index: Int, line: any LoadLine)? {
    for _ in lines.indices {
      turn = turn + 1 < lines.count ? turn + 1 : 0
      if lines[turn].isOpen { return (turn, lines[turn]) }
    }
    return nil
  }

  func flush() { for line in lines { line.flush() } }

  func close() {
    listener = nil
    for line in lines { line.close() }
  }
}
