import Foundation

/// What a process of this machine takes at a moment. Source: proc(5).
public struct ProcessSample: Hashable, Codable, Sendable {
  /// "before", "idle", "start", "10 %", "half", "end".
  public var moment: String
  /// Memory that is not swapped out.
  public var residentBytes: Int
  /// Open files and sockets.
  public var descriptors: Int
  public var threads: Int
  /// Since its start, of all threads.
  public var cpuSeconds: Double

  /// `nil` if there is no such process, or it may not be looked at.
  init?(_ moment: String, pid: Int32) {
    guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
      let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd"),
      let kilobytes = Self.number("VmRSS:", status), let threads = Self.number("Threads:", status),
      let ticks = Self.cpuTicks(stat)
    else { return nil }
    (self.moment, self.descriptors, self.threads) = (moment, descriptors.count, threads)
    residentBytes = kilobytes * 1_024
    cpuSeconds = Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  private static func number(_ key: String, _ status: String) -> Int? {
    status.split(separator: "\n").first { $0.hasPrefix(key) }
      .flatMap { $0.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first }.flatMap { Int($0) }
  }

  /// The fields `utime` and `stime`, the 12th and 13th behind the name, which may hold anything but a last `)`.
  static func cpuTicks(_ stat: String) -> Int? {
    guard let name = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: name)...].split(separator: " ")
    guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else { return nil }
    return user + system
  }
}

/// Looks at processes while a load runs.
struct ProcessWatch: Sendable {
  let plan: LoadPlan

  private static let moments: [(name: String, share: Double)] = [
    ("start", 0), ("10 %", 0.1), ("half", 0.5), ("end", 1),
  ]

  /// Samples through the measured time that begins after the warm-up from now on.
  func run() async -> (server: [ProcessSample], generator: [ProcessSample]) {
    let begin = ContinuousClock.now
    var (server, generator): ([ProcessSample], [ProcessSample]) = ([], [])
    for (name, share) in Self.moments {
      let seconds = plan.warmUpSeconds + plan.durationSeconds * share
      try? await Task.sleep(until: begin + .seconds(seconds), clock: .continuous)
      server += self.server(name)
      if let sample = ProcessSample(name, pid: getpid()) { generator.append(sample) }
    }
    return (server, generator)
  }

  /// The server now; nothing if its process is unknown.
  func server(_ moment: String) -> [ProcessSample] {
    plan.serverPID.flatMap { ProcessSample(moment, pid: $0) }.map { [$0] } ?? []
  }
}
