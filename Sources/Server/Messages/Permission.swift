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
  /// Put and remove response plans, and what chooses them.
  case keepPlans
  /// Put and remove layers: places that the department knows.
  case keepLayers
  /// Make the server read its files again.
  case administer
}
