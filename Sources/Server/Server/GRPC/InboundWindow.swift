/// How much clients may send ahead (RFC 9113, section 5.2): topped up when half of it is used.
enum InboundWindow {
  /// Of one call.
  static let streamBytes = 1 << 20
  /// Of a connection.
  static let connectionBytes = 16 << 20
  /// What a connection starts with, by the standard.
  static let initialConnectionBytes = 65_535

  /// By how much to top up a window of which `size` is left; `nil` if there is enough.
  static func increment(size: Int, of full: Int) -> Int? { size < full / 2 ? full - size : nil }
}
