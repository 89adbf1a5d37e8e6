/// What a server takes, and how long it waits. Beyond a limit a client is told so, never left waiting.
public struct ServerLimits: Sendable {
  /// More are told `TOO_MANY_CONNECTIONS` and closed.
  public var connectionsMax = 512
  /// More are told `TOO_MANY_REQUESTS` at once.
  public var requestsInFlightPerConnectionMax = 2_048
  /// More are told `TOO_MANY_REQUESTS` at once. A stream is no request in flight.
  public var streamsPerConnectionMax = 20_000
  /// With more bytes of requests waiting, nothing is read from the connection until some are done.
  public var waitingBytesPerConnectionMax = 32 << 20
  /// A frame must arrive whole within this time of its first byte, and a request's next piece within it of the last one.
  public var frameSecondsMax = 15.0
  /// After the server was told to stop, requests in flight have this long to finish and be sent.
  public var drainSecondsMax = 10.0
  /// After its last answer, a connection waits this long for the client to close its side, so that the answer is not
  /// lost with what the client was still sending.
  public var lingerSecondsMax = 1.0

  public init() {}
}
