import API
import Dispatch
import Engine
import Fleet
import Foundation
import Ledger
import LedgerFile
import Synchronization
import TestSupport
import Traffic

/// A change that is acknowledged: a closure and its lift, a unit's status; with a ledger on the disk, and in memory.
struct LedgerScenario {
  let world: World
  private static let closures = 1_000
  private static let statuses = 1_000
  private static let writers = 16
  private static let closureRadiusMeters = 40.0

  func run() throws -> [Measurement] {
    let folder = TemporaryFolder()
    let path = folder.path("ledger")
    let durable = try run("durable", SQLiteLedger(path: path))
    let memory = try run("in memory", MemoryLedger())
    for (durable, memory) in zip(durable, memory) {
      try BenchFailure.check(durable.checksum == memory.checksum, durable.name, "the ledgers keep different things")
    }
    return durable + memory
  }

  /// Measures with one ledger; it must hold at the end what the engine holds.
  private func run(_ name: String, _ ledger: any OperationalLedger) throws -> [Measurement] {
    let engine = try world.engine(ledger: ledger)
    var random = world.random("ledger")
    let places = (0..<Self.closures).map { _ in world.randomPlace(&random) }
    let closed = try Measurement("ledger, closure put, \(name)", places.indices) { index in
      let closure = RoadClosure(
        id: "c\(index)", selector: .point(places[index], radiusMeters: Self.closureRadiusMeters))
      return try engine.putClosures([closure]).closures.count
    }
    let lifted = try Measurement("ledger, closure lifted, \(name)", places.indices) { index in
      try engine.liftClosures(["c\(index)"]).closures.count
    }
    let unit = { (index: Int, status: UnitStatus) in
      ResponseUnit(
        id: "u\(index % 100)", profile: world.roads.profile.name, status: status, coordinate: places[index],
        reportedAt: Date(timeIntervalSince1970: 0))
    }
    let statuses = try Measurement("ledger, unit status, \(name)", 0..<Self.statuses) { index in
      try engine.putUnits([unit(index, index / 100 % 2 == 0 ? .available : .dispatched)]).count
    }
    let together = try Measurement(
      "ledger, \(Self.writers) statuses at once, \(name)", 0..<Self.statuses / Self.writers
    ) {
      try atOnce(engine, $0, unit)
    }
    let kept = try ledger.contents().values.count
    try BenchFailure.check(kept == engine.listUnits().units.count, name, "the ledger holds \(kept) things")
    return [closed, lifted, statuses, together]
  }

  /// This many callers at the same time, each with its own unit; the call is over when all are acknowledged.
  private func atOnce(
    _ engine: TocsinEngine, _ round: Int, _ unit: @escaping (Int, UnitStatus) -> ResponseUnit
  ) throws -> Int {
    let units = (0..<Self.writers).map { unit($0, round % 2 == 0 ? .enRoute : .onScene) }
    let acknowledged = Atomic(0)
    let group = DispatchGroup()
    for unit in units {
      let writer = Thread {
        if let answer = try? engine.putUnits([unit]) { acknowledged.add(answer.count, ordering: .relaxed) }
        group.leave()
      }
      group.enter()
      writer.start()
    }
    group.wait()
    return acknowledged.load(ordering: .relaxed)
  }
}
