/// How long a caller waits, as `grpc-timeout` says it: at most eight digits and a unit.
public enum GRPCTimeout {
  private static let digitsMax = 8

  /// The duration of a text such as `250m`; `nil` for one that is none. O(1).
  public static func duration(_ text: String) -> Duration? {
    let digits = text.utf8.dropLast()
    guard let unit = text.utf8.last, (1...digitsMax).contains(digits.count),
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let count = Int64(text.dropLast())
    else { return nil }
    switch unit {
    case UInt8(ascii: "H"): return .seconds(count * 3_600)
    case UInt8(ascii: "M"): return .seconds(count * 60)
    case UInt8(ascii: "S"): return .seconds(count)
    case UInt8(ascii: "m"): return .milliseconds(count)
    case UInt8(ascii: "u"): return .microseconds(count)
    case UInt8(ascii: "n"): return .nanoseconds(count)
    default: return nil
    }
  }

  /// A number of milliseconds, in the largest unit that has room for it; at most a hundred million seconds.
  public static func text(milliseconds: UInt32) -> String {
    milliseconds < 100_000_000 ? "\(milliseconds)m" : "\(milliseconds / 1_000)S"
  }
}
