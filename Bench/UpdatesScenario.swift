import API
import Engine
import Foundation
import TestSupport
import Traffic

/// A hundred thousand changes one after the other: what the process holds must not grow.
struct UpdatesScenario {
  let world: World
  private static let updates = 100_000
  private static let warmUp = 20_000
  private static let inForce = 200
  /// What the allocator may keep beyond, on the whole.
  private static let growthBytesMax = 16 << 20

  func run() throws -> [Measurement] {
    let engine = try world.engine(profiles: TrafficScenario.profileNames, links: [])
    var random = world.random("updates")
    let ways = (0..<Self.inForce).map { _ in
      let pieces = world.network.pieceIDs(of: world.network.arcCourse[world.randomArc(&random)].segment)
      return pieces.compactMap { world.network.way(of: $0) }.first.map { world.network.ways[$0].osmID } ?? 0
    }
    var residentBytes: [Int] = []
    let measured = try Measurement("updates, closure put or lifted", 0..<Self.updates) { index in
      if index == Self.warmUp || index == Self.updates - 1 { residentBytes.append(ProcessMemory.residentBytes()) }
      let (slot, isPut) = (index / 2 % Self.inForce, index % 2 == 0)
      let id = "c\(slot)"
      if !isPut { return try engine.liftClosures([id]).closures.count }
      var closure = RoadClosure(id: id, selector: .way(osmID: ways[slot], direction: .both))
      closure.until = Date(timeIntervalSinceNow: 3_600)
      return try engine.putClosures([closure]).closures.count
    }
    let growth = residentBytes[1] - residentBytes[0]
    try BenchFailure.check(growth <= Self.growthBytesMax, "updates", "the process grew by \(growth) bytes")
    let name = "updates, resident \(residentBytes[0] >> 20) MB after 20000, \(residentBytes[1] >> 20) MB after 100000"
    return [measured, Measurement(name, nanoseconds: [])]
  }
}
