import Foundation

/// Standard output and standard error, unbuffered: what was written is out.
enum Console {
  /// Writes to standard output. If nobody reads it any more, the program ends.
  static func write(_ text: String) { write(Array(text.utf8)) }

  static func write(_ bytes: [UInt8]) {
    do { try FileHandle.standardOutput.write(contentsOf: bytes) } catch { exit(ExitStatus.refused.rawValue) }
  }

  /// Writes to standard error.
  static func complain(_ text: String) { try? FileHandle.standardError.write(contentsOf: Array(text.utf8)) }

  /// True if people look at standard error.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }
}
