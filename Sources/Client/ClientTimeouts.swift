/// How long a client waits.
public struct ClientTimeouts: Sendable {
  /// For the server to take the connection.
  public var connectSeconds = 5.0
  /// For an answer.
  public var callSeconds = 30.0

  public init() {}
}
