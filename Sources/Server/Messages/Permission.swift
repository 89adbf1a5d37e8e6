/// What a caller must be allowed to do to call a method.
public enum Permission: CaseIterable, Sendable {
  /// Nothing: whether the server is well may be asked by anyone who reaches it.
  case checkHealth
  /// Ask questions, which change nothing.
  case ask
  /// Say where units are and what they are doing.
  case moveUnits
  /// Close roads, lift closures, tell speeds.
  case changeTraffic
  /// Make the server read its files again.
  case administer
}
