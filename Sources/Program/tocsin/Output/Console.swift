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

  /// The columns that a table may have: those of the terminal, or 80 where standard output is none.
  static let width: Int = {
    var size = winsize()
    guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= widthMin else { return 80 }
    return Int(size.ws_col)
  }()
  private static let widthMin = 40

  /// True if people look at standard output.
  private static let isTerminal = isatty(STDOUT_FILENO) == 1
  /// `NO_COLOR` is what programs agreed on: no-color.org.
  private static let hasColor = isTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty

  /// A text in bold, on a terminal.
  static func emphasized(_ text: String) -> String { hasColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// A text in red, on a terminal: what somebody has to look at.
  static func alarming(_ text: String) -> String { hasColor ? "\u{1B}[31m\(text)\u{1B}[0m" : text }

  /// True if people look at standard error.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }
}
