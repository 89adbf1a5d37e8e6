import Foundation

/// What one series of calls took, and what it answered.
struct Measurement {
  var name: String
  /// Of each call, in nanoseconds of wall time, ascending.
  private(set) var nanoseconds: [UInt64]
  /// CPU time of all threads over the whole series, in nanoseconds.
  private(set) var cpuNanoseconds: UInt64
  /// Of all answers: the same answers give the same sum.
  var checksum: Checksum

  /// Calls `body` for each input and sums its answers.
  ///
  /// - Parameter body: the timed call.
  init<Input>(_ name: String, _ inputs: some Collection<Input>, body: (Input) throws -> some Summable) rethrows {
    var times: [UInt64] = []
    var checksum = Checksum()
    var cpu: UInt64 = 0
    times.reserveCapacity(inputs.count)
    for input in inputs {
      let cpuStart = Clock.cpuNanoseconds()
      let start = Clock.wallNanoseconds()
      let answer = try body(input)
      times.append(Clock.wallNanoseconds() - start)
      cpu += Clock.cpuNanoseconds() - cpuStart
      answer.add(to: &checksum)
    }
    self.name = name
    nanoseconds = times.sorted()
    cpuNanoseconds = cpu
    self.checksum = checksum
  }

  /// Times that were taken by others, of answers without a sum.
  init(_ name: String, nanoseconds: [UInt64]) {
    self.name = name
    self.nanoseconds = nanoseconds.sorted()
    cpuNanoseconds = 0
    checksum = Checksum()
  }

  var count: Int { nanoseconds.count }
  var meanNanoseconds: Double { count == 0 ? 0 : nanoseconds.reduce(0.0) { $0 + Double($1) } / Double(count) }
  var cpuMeanNanoseconds: Double { count == 0 ? 0 : Double(cpuNanoseconds) / Double(count) }

  /// The time that this share of the calls does not exceed.
  func nanoseconds(atShare share: Double) -> Double {
    guard let last = nanoseconds.last else { return 0 }
    let position = Int((share * Double(count)).rounded(.up)) - 1
    return Double(position < count ? nanoseconds[max(0, position)] : last)
  }
}

/// Time as the system counts it.
enum Clock {
  static func wallNanoseconds() -> UInt64 { nanoseconds(of: CLOCK_MONOTONIC) }
  /// Of this process, all threads.
  static func cpuNanoseconds() -> UInt64 { nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID) }

  private static func nanoseconds(of clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

/// A sum over answers: FNV-1a, 64 bits. Source: Fowler, Noll, Vo.
struct Checksum: Equatable, CustomStringConvertible {
  private var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ number: some FixedWidthInteger) {
    for shift in stride(from: 0, to: 64, by: 8) {
      value = (value ^ (UInt64(truncatingIfNeeded: number) >> UInt64(shift) & 0xFF)) &* 0x100_0000_01B3
    }
  }

  mutating func add(_ text: String) {
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }

  var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// An answer that a checksum can hold.
protocol Summable {
  func add(to sum: inout Checksum)
}

extension Int: Summable {
  func add(to sum: inout Checksum) { sum.add(self) }
}

extension UInt32: Summable {
  func add(to sum: inout Checksum) { sum.add(self) }
}

extension Checksum: Summable {
  func add(to sum: inout Checksum) { sum.add(value) }
}
