import Foundation

/// A line on standard error that shows how far a piece of work is; nothing where nobody looks.
final class ProgressBar {
  private static let columns = 30
  private static let secondsBetweenUpdates = 0.1

  private let isShown = Console.showsProgress
  private var phase = ""
  private var shownAt = 0.0

  /// Shows that `share` (0...1) of a phase is done.
  func show(_ phase: String, _ share: Double) {
    let now = ProcessInfo.processInfo.systemUptime
    guard isShown, phase != self.phase || now - shownAt >= Self.secondsBetweenUpdates else { return }
    (self.phase, shownAt) = (phase, now)
    let done = max(0, min(1, share))
    let full = Int(done * Double(Self.columns))
    let bar = String(repeating: "#", count: full) + String(repeating: ".", count: Self.columns - full)
    Console.complain("\r\u{1B}[K[\(bar)] \(Int(done * 100)) % \(phase)")
  }

  /// Removes the line.
  func clear() {
    if isShown && !phase.isEmpty { Console.complain("\r\u{1B}[K") }
    phase = ""
  }
}
