import API

extension WorkLimit {
  /// What a step that was ended gave.
  ///
  /// - Throws: `CANCELLED`, `DEADLINE_EXCEEDED` for a step that gave nothing.
  func completed<Value>(_ value: Value?) throws(EngineError) -> Value {
    if let value { return value }
    try check()
    preconditionFailure("a step ends before its end by the limit alone")
  }
}

extension EngineError {
  /// Another engine has taken this one's place; a call through an ``EngineHandle`` is made on that one.
  static let replaced = EngineError(.engineReplaced, "another map is served by now")
}
