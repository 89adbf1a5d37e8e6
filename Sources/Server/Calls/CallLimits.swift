/// What a server takes of all its clients, and how long it waits. Beyond a limit a client is told so at once, with the
/// limit's name and value; it is never left waiting.
public struct CallLimits: Sendable {
  /// More are told `TOO_MANY_CONNECTIONS` and closed, unless one of which nobody knows whose it is makes room.
  public var connectionsMax = 10_000
  /// What is kept of these for Unix sockets; a tenth of all at most.
  public var connectionsReserved = 100
  /// A connection of which nobody knows whose it is may be idle for this long.
  public var strangerSecondsMax = 60.0
  /// The bytes of a frame that come before a caller who must be known has shown a token.
  public var strangerBytesMax = 16 << 10
  /// More are told `TOO_MANY_REQUESTS` at once.
  public var requestsInFlightPerConnectionMax = 2_048
  /// Of one caller, over all its connections. More are told `TOO_MANY_REQUESTS` at once.
  public var requestsInFlightPerCallerMax = 4_096
  /// Questions that wait for their turn, of all connections; the newest are told `OVERLOADED`, but for callers
  /// who have less than their share of them. Changes are not counted.
  public var questionsWaitingMax = 20_000
  /// While a question has waited longer than this, new ones of its caller are told `OVERLOADED`.
  public var questionSecondsWaitingMax = 2.0
  /// More are told `TOO_MANY_REQUESTS` at once. A stream is no request in flight.
  public var streamsPerConnectionMax = 20_000
  /// Of one caller, over all its connections. More are told `TOO_MANY_REQUESTS` at once.
  public var streamsPerCallerMax = 20_000
  /// Of all connections. More are told `TOO_MANY_REQUESTS` at once.
  public var streamsMax = 100_000
  /// Of these, those whose answer is found as a whole and sent in pieces: until then it is in memory.
  public var pieceStreamsMax = 16
  public var pieceStreamsPerCallerMax = 4
  /// With more bytes of requests waiting, nothing is read from the connection until some are done.
  public var waitingBytesPerConnectionMax = 32 << 20
  /// With more bytes of answers that its client does not take, no more requests of a connection are begun.
  public var unsentBytesPerConnectionMax = 16 << 20
  /// The same of all connections, for those of which the client has not taken all; and no answer that is not small is
  /// sent at all.
  public var unsentBytesMax = 192 << 20
  /// An answer of at most this many bytes is sent whatever others don't take.
  public var smallAnswerBytesMax = 64 << 10
  /// The bytes of requests that are not whole yet or wait for their turn, of all connections. More are told
  /// `MESSAGE_TOO_LARGE`.
  public var unfinishedBytesMax = 96 << 20
  /// How long a request without a deadline of its own may take; 0 is no limit.
  public var deadlineSecondsDefault = 0.0
  /// The latest deadline of a request; 0 is no limit.
  public var deadlineSecondsMax = 0.0
  /// A frame must arrive whole within this time of its first byte, and a request's next piece within it of the last.
  public var frameSecondsMax = 15.0
  /// TLS must be agreed upon within this time of the connection's first moment.
  public var handshakeSecondsMax = 10.0
  /// A client that takes nothing of what waits for it for this long is cut off.
  public var slowReaderSecondsMax = 30.0
  /// After the server was told to stop, requests in flight have this long to finish and be sent.
  public var drainSecondsMax = 10.0
  /// After its last answer, a connection waits this long for the client to close its side, so that the answer is not
  /// lost with what the client was still sending.
  public var lingerSecondsMax = 1.0

  public init() {}
}
