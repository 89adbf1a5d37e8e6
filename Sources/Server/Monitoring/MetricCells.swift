import CoreMetrics
import Synchronization

/// A sum of doubles that many threads add to without a lock.
final class AtomicDouble: Sendable {
  private let bits = Atomic<UInt64>(0)

  var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

  func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

  func add(_ amount: Double) {
    var known = bits.load(ordering: .relaxed)
    while true {
      let sum = (Double(bitPattern: known) + amount).bitPattern
      let (exchanged, original) = bits.weakCompareExchange(expected: known, desired: sum, ordering: .relaxed)
      if exchanged { return }
      known = original
    }
  }
}

/// A number that only grows.
final class CounterCell: MetricCell, CounterHandler, FloatingPointCounterHandler {
  static let kind = MetricFamily.Kind.counter
  private let whole = Atomic<Int64>(0)
  private let fraction = AtomicDouble()

  /// Exact up to 2^53, as Prometheus' own numbers are.
  var value: Double { Double(whole.load(ordering: .relaxed)) + fraction.value }

  func increment(by amount: Int64) { if amount > 0 { whole.wrappingAdd(amount, ordering: .relaxed) } }

  func increment(by amount: Double) { if amount > 0, amount.isFinite { fraction.add(amount) } }

  func reset() {
    whole.store(0, ordering: .relaxed)
    fraction.set(0)
  }
}

/// A number that goes up and down; the last one set counts.
final class GaugeCell: MetricCell, RecorderHandler, MeterHandler {
  static let kind = MetricFamily.Kind.gauge
  private let number = AtomicDouble()

  var value: Double { number.value }

  func set(_ value: Int64) { number.set(Double(value)) }
  func set(_ value: Double) { number.set(value) }
  func record(_ value: Int64) { number.set(Double(value)) }
  func record(_ value: Double) { number.set(value) }
  func increment(by amount: Double) { number.add(amount) }
  func decrement(by amount: Double) { number.add(-amount) }
}

/// Values sorted into buckets with fixed bounds. Recording is two atomic additions, without lock or allocation.
final class HistogramCell: MetricCell, RecorderHandler, TimerHandler {
  static let kind = MetricFamily.Kind.histogram
  let upperBounds: [Double]
  /// One for each bound, and one for what is above them all.
  private let counts: AtomicCounts
  private let total = AtomicDouble()

  init(upperBounds: [Double]) {
    self.upperBounds = upperBounds
    counts = AtomicCounts(upperBounds.count + 1)
  }

  /// The sum of what was recorded.
  var value: Double { total.value }
  /// How many values lie at or below each bound; the last one counts all.
  var cumulativeCounts: [UInt64] {
    var count: UInt64 = 0
    return counts.values.map { more in
      count += more
      return count
    }
  }

  func record(_ value: Int64) { record(Double(value)) }
  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

  /// What is not a number lies in no bucket and is left out.
  func record(_ value: Double) {
    if value.isNaN { return }
    var bucket = 0
    while bucket < upperBounds.count, value > upperBounds[bucket] { bucket += 1 }
    counts.addOne(to: bucket)
    total.add(value)
  }
}

/// Counts side by side in memory of their own: the standard library has no array of atomics.
private final class AtomicCounts: @unchecked Sendable {
  private let first: UnsafeMutablePointer<Atomic<UInt64>>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    first = .allocate(capacity: count)
    for index in 0..<count { (first + index).initialize(to: Atomic(0)) }
  }

  deinit {
    first.deinitialize(count: count)
    first.deallocate()
  }

  var values: [UInt64] { (0..<count).map { first[$0].load(ordering: .relaxed) } }

  func addOne(to index: Int) {
    precondition(index < count)
    first[index].wrappingAdd(1, ordering: .relaxed)
  }
}
