import Messages

/// How long a caller waits, as `grpc-timeout` says it: at most eight digits and a unit.
enum GRPCTimeout {
  private static let digitsMax = 8
  private static let units: [Character: Duration] = [
    "H": .seconds(3_600), "M": .seconds(60), "S": .seconds(1), "m": .milliseconds(1), "u": .microseconds(1),
    "n": .nanoseconds(1),
  ]

  /// The duration of a text such as `250m`. Throws `MALFORMED_FRAME`. O(1).
  static func read(_ text: String) throws(CallStatus) -> Duration {
    let digits = text.utf8.dropLast()
    guard let unit = text.last.flatMap({ units[$0] }), (1...digitsMax).contains(digits.count),
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let count = Int64(text.dropLast())
    else {
      throw CallStatus(.malformedFrame, "grpc-timeout is at most eight digits and one of H, M, S, m, u, n", value: text)
    }
    return unit * count
  }

  /// A number of milliseconds, in the largest unit that has room for it; at most a hundred million seconds.
  static func text(milliseconds: UInt32) -> String {
    milliseconds < 100_000_000 ? "\(milliseconds)m" : "\(milliseconds / 1_000)S"
  }
}
