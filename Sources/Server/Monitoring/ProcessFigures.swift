import Foundation
import Glibc

/// Memory, time and descriptors of this process, under the names that Prometheus' client libraries have for them.
public enum ProcessFigures {
  /// Tells them; what the system does not say is left out.
  public static func collect(_ readings: inout MetricReadings) {
    if let stat = Stat(text(of: "/proc/self/stat")) {
      readings.gauge(
        "process_resident_memory_bytes", stat.residentPages * Double(sysconf(Int32(_SC_PAGESIZE))),
        help: "Resident memory size in bytes.")
      readings.gauge("process_virtual_memory_bytes", stat.virtualBytes, help: "Virtual memory size in bytes.")
      readings.counter(
        "process_cpu_seconds_total", stat.cpuTicks / ticksPerSecond,
        help: "Total user and system CPU time spent in seconds.")
      readings.gauge("process_threads", stat.threadCount, help: "Number of threads.")
      if let bootSeconds {
        readings.gauge(
          "process_start_time_seconds", bootSeconds + stat.startTicks / ticksPerSecond,
          help: "Start time of the process since unix epoch in seconds.")
      }
    }
    if let count = openDescriptorCount {
      readings.gauge("process_open_fds", Double(count), help: "Number of open file descriptors.")
    }
    var limit = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
      readings.gauge("process_max_fds", Double(limit.rlim_cur), help: "Maximum number of open file descriptors.")
    }
  }

  /// What `/proc/PID/stat` says.
  struct Stat: Equatable {
    var cpuTicks: Double
    var threadCount: Double
    var startTicks: Double
    var virtualBytes: Double
    var residentPages: Double

    /// Fields are counted behind the name of the program, which may hold anything.
    init?(_ text: String) {
      guard let nameEnd = text.lastIndex(of: ")") else { return nil }
      let fields = text[nameEnd...].split(separator: " ").dropFirst().map { Double($0) }
      func field(_ number: Int) -> Double? { fields.indices.contains(number - 3) ? fields[number - 3] : nil }
      guard let user = field(14), let system = field(15), let threads = field(20), let start = field(22),
        let virtual = field(23), let resident = field(24)
      else { return nil }
      (cpuTicks, threadCount, startTicks) = (user + system, threads, start)
      (virtualBytes, residentPages) = (virtual, resident)
    }
  }

  private static var ticksPerSecond: Double { Double(sysconf(Int32(_SC_CLK_TCK))) }

  /// When the system started.
  private static let bootSeconds: Double? =
    text(of: "/proc/stat").split(separator: "\n").first { $0.hasPrefix("btime ") }
    .flatMap { Double($0.dropFirst("btime ".count)) }

  /// Without the one that counting takes.
  private static var openDescriptorCount: Int? {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { $0.count - 1 }
  }

  private static func text(of path: String) -> String {
    guard let bytes = FileManager.default.contents(atPath: path) else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }
}
