/// Why no numbers are printed.
struct BenchFailure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }

  /// Refuses a scenario whose answers are not those of its reference.
  static func check(_ isRight: Bool, _ scenario: String, _ message: @autoclosure () -> String) throws {
    if !isRight { throw BenchFailure("\(scenario): \(message())") }
  }
}
