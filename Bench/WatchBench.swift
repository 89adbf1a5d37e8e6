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
    for watcher in watchers { try watcher.drain() }
    let bytesEach = (ProcessMemory.residentBytes() - memoryBefore) / Self.subscriptions
    var woken = 0
    let changed = try Measurement("traffic, closure put or lifted, 10000 watch", 0..<Self.changes) { index in
      if index % 2 == 0 {
        let selector = RoadSelector.point(places[index / 2], radiusMeters: 40)
        return try engine.putClosures([RoadClosure(id: "w", selector: selector)]).closures.count
      }
      return try engine.liftClosures(["w"]).closures.count
    }
    // The hub looks at the news of all within a moment.
    Thread.sleep(forTimeInterval: 1)
    for watcher in watchers where watcher.isWoken { woken += 1 }
    for watcher in watchers { watcher.cancel() }
    return [
      changed,
      Measurement(
        "traffic, \(Self.changes) closures wake \(woken) of 10000 watchers; \(bytesEach) bytes each", nanoseconds: []),
    ]
  }
}

/// One who watches, and asks when told.
private final class BenchWatcher: Sendable {
  private let stream: any AnswerStream<WatchAnswer>
  private let woken = Mutex(false)

  init(_ stream: any AnswerStream<WatchAnswer>) {
    self.stream = stream
    stream.onReady { [weak self] in self?.woken.withLock { $0 = true } }
  }

  var isWoken: Bool { woken.withLock { $0 } }

  func drain() throws {
    woken.withLock { $0 = false }
    _ = try stream.next()
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
