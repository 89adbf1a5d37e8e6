import Foundation

/// Standard output and standard error, unbuffered: what was written is out.
enum Console {
  /// Writes to standard output. If that fails, the program ends; silently if nobody reads it any more.
  static func write(_ text: String) { write(Array(text.utf8)) }

  static func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else { recover(errno) }
    }
  }

  /// Waits if standard output takes nothing for now; ends the program if it never will.
  private static func recover(_ code: Int32) {
    switch code {
    case EINTR: return
    case EAGAIN:
      var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
      poll(&output, 1, -1)
    default:
      let failure = CommandFailure(
        "WRITE_FAILED", "standard output can't be written: \(String(cString: strerror(code)))")
      if code != EPIPE { complain("\(failure)\n") }
      exit(ExitStatus.refused.rawValue)
    }
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
