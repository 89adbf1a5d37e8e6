import Calls
import Framing
import NIOCore

/// One call of a connection: a stream of HTTP/2 from its headers to its trailers.
struct GRPCCall {
  /// What becomes of the messages that come.
  enum Phase {
    /// The request is not whole yet.
    case receiving
    /// Of a service that answers each message.
    case conversing(caller: String)
    case running(Call)
    case streaming(StreamCall)
    /// Trailers were sent; what still comes is passed over.
    case ended
  }

  let headers: GRPCCallHeaders
  let arrival = NIODeadline.now()
  var phase = Phase.receiving
  var reader: GRPCMessageReader
  /// The messages of the request, put together.
  var payload: [UInt8] = []
  var messageCount = 0
  /// What it holds of the quota for unfinished requests.
  var unfinishedBytes = 0
  var hasSentHeaders = false
  /// True if the client sends nothing more.
  var isHalfClosed = false

  init(headers: GRPCCallHeaders, messageBytesMax: Int) {
    self.headers = headers
    reader = GRPCMessageReader(bytesMax: messageBytesMax)
  }

  var isConversing: Bool { if case .conversing = phase { true } else { false } }

  /// What is left of the time that the caller waits.
  var timeLeft: Duration? {
    guard let timeout = headers.timeout else { return nil }
    return max(timeout - .nanoseconds((NIODeadline.now() - arrival).nanoseconds), .zero)
  }
}
