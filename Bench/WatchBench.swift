import API
import Engine
import Foundation
import Geometry
import Synchronization
import TestSupport
import Traffic

/// Ten thousand subscriptions: what a change costs with them, and how many of them it wakes.
struct WatchBench {
  let world: World
  private static let subscriptions = 10_000
  private static let changes = 200

  init(_ world: World) { self.world = world }

  func run(_ engine: TocsinEngine, _ places: [Coordinate], _ random: inout SeededGenerator) throws -> [Measurement] {
    let memoryBefore = ProcessMemory.residentBytes()
    let watchers = try (0..<Self.subscriptions).map { number in
      let place = Place(world.randomPlace(&random))
      let question: WatchQuestion =
        number % 2 == 0
        ? .fastestUnits(FastestUnitsRequest(incident: place, count: 3))
        : .route(RouteRequest(places: [place, Place(world.randomPlace(&random))], profile: "ambulance"))
      return BenchWatcher(try engine.watch(question))
    }
    for watcher in watchers { _ = try watcher.drain() }
    let bytesEach = max(0, ProcessMemory.residentBytes() - memoryBefore) / Self.subscriptions
    var (woken, told) = (0, 0)
    var nanoseconds: [UInt64] = []
    for index in 0..<Self.changes {
      let start = Clock.wallNanoseconds()
      try change(index, engine, places)
      nanoseconds.append(Clock.wallNanoseconds() - start)
      // The hub looks at the news within a moment; then those that were woken ask.
      Thread.sleep(forTimeInterval: Self.pauseSeconds)
      for watcher in watchers where watcher.isWoken {
        woken += 1
        if try watcher.drain() { told += 1 }
      }
    }
    let changed = Measurement("traffic, closure put or lifted, 10000 watch", nanoseconds: nanoseconds)
    for watcher in watchers { watcher.cancel() }
    let each = { (count: Int) in String(format: "%.1f", Double(count) / Double(Self.changes)) }
    let name = "traffic, a change wakes \(each(woken)) of 10000, tells \(each(told)); \(bytesEach) bytes each"
    return [changed, Measurement(name, nanoseconds: [])]
  }

  private func change(_ index: Int, _ engine: TocsinEngine, _ places: [Coordinate]) throws {
    if index % 2 == 0 {
      let selector = RoadSelector.point(places[index / 2], radiusMeters: 40)
      _ = try engine.putClosures([RoadClosure(id: "w", selector: selector)])
    } else {
      _ = try engine.liftClosures(["w"])
    }
  }

  private static let pauseSeconds = 0.05
}

/// A watcher that asks when told.
private final class BenchWatcher: Sendable {
  private let stream: any AnswerStream<WatchAnswer>
  private let woken = Mutex(false)

  init(_ stream: any AnswerStream<WatchAnswer>) {
    self.stream = stream
    stream.onReady { [weak self] in self?.woken.withLock { $0 = true } }
  }

  var isWoken: Bool { woken.withLock { $0 } }

  /// Asks; true if there is another answer.
  func drain() throws -> Bool {
    woken.withLock { $0 = false }
    return try stream.next() != nil
  }

  func cancel() { stream.cancel() }
}

/// What the system says of this process.
enum ProcessMemory {
  static func residentBytes() -> Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * 4_096
  }
}
