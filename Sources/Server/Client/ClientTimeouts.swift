/// How long a client waits.
public struct ClientTimeouts: Sendable {
  /// For the server to take the connection.
  public var connectSeconds = 5.0
  /// For an answer.
  public var callSeconds = 30.0

  public init() {}

  var connectMilliseconds: UInt32 { Self.milliseconds(connectSeconds) }
  var callMilliseconds: UInt32 { Self.milliseconds(callSeconds) }

  /// At least 1, at most 49 days, whatever number was set.
  private static func milliseconds(_ seconds: Double) -> UInt32 {
    UInt32(Double.minimum(Double.maximum(seconds * 1000, 1), Double(UInt32.max)))
  }
}
