import Foundation

/// Standard output and standard error, unbuffered: what was written is out.
enum Console {
  /// Writes to standard output. If nobody reads it any more, the program ends.
  static func write(_ text: String) { write(Array(text.utf8)) }

  static func write(_ bytes: [UInt8]) {
    guard writeAll(bytes, to: STDOUT_FILENO) else { exit(ExitStatus.refused.rawValue) }
  }

  /// Writes to standard error.
  static func complain(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }

  /// True if people look at standard error.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { raw in
      var rest = raw[...]
      while !rest.isEmpty {
        let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }
}
