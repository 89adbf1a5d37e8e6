import Foundation
import Logging
import Monitoring
import Synchronization
import Testing

/// What strangers can write into a log.
@Suite struct GuardedLogTests {
  private final class Lines: Sendable {
    let texts = Mutex<[String]>([])
  }

  private let lines = Lines()

  private var logger: Logger {
    let lines = lines
    return Logger(label: "test") { label in
      GuardedLogHandler(
        JSONLogHandler(label: label, output: LogOutput { line in lines.texts.withLock { $0.append(line) } }))
    }
  }

  @Test func textsAreCutAndHaveNoControlCharacters() throws {
    let method = "x\n2026-01-01 forged\u{1B}[2J\u{202E}" + String(repeating: "y", count: 5_000)
    logger.warning("call refused", metadata: ["method": "\(method)", "all": ["\(method)"]])
    let line = try #require(lines.texts.withLock { $0.first })
    #expect(line.utf8.count < 1_500)
    #expect(!line.contains("\\n") && !line.contains("\\u001b") && !line.contains("\u{202E}"))
    #expect(line.contains("x\u{FFFD}2026-01-01 forged\u{FFFD}[2J\u{FFFD}yyy"))
  }

  @Test func ofManyAlikeSomeAreLoggedAndTheOthersCounted() async throws {
    let logger = logger
    for _ in 0..<10_000 { logger.warning("call refused") }
    logger.warning("another one")
    for _ in 0..<50 { logger.error("an error is never left out") }
    let first = lines.texts.withLock { $0.filter { $0.contains("call refused") }.count }
    #expect(first <= 60)
    try await Task.sleep(for: .milliseconds(1_100))
    logger.warning("call refused")
    let texts = lines.texts.withLock { $0 }
    #expect(texts.filter { $0.contains("another one") }.count == 1)
    #expect(texts.filter { $0.contains("never left out") }.count == 50)
    #expect(texts.contains { $0.contains("left_out") })
  }
}
