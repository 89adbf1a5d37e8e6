import Foundation

/// Prints measurements: a table for people, a JSON object per line for machines.
struct Report {
  struct Line: Codable {
    var scenario: String
    var map: String
    var seed: UInt64
    var samples: Int
    var unit = "microseconds"
    var mean: Double
    var cpuMean: Double
    var p50: Double
    var p99: Double
    var p999: Double
    var max: Double
    var checksum: String

    init(_ measured: Measurement, world: World) {
      func microseconds(_ nanoseconds: Double) -> Double { (nanoseconds / 10).rounded() / 100 }
      (scenario, map, seed) = (measured.name, world.mapName, world.seed)
      samples = measured.count
      mean = microseconds(measured.meanNanoseconds)
      cpuMean = microseconds(measured.cpuMeanNanoseconds)
      p50 = microseconds(measured.nanoseconds(atShare: 0.5))
      p99 = microseconds(measured.nanoseconds(atShare: 0.99))
      p999 = microseconds(measured.nanoseconds(atShare: 0.999))
      max = microseconds(measured.nanoseconds(atShare: 1))
      checksum = measured.checksum.description
    }
  }

  let isJSON: Bool

  func heading(_ world: World) {
    guard !isJSON else { return }
    let size = world.hierarchy.statistics()
    write(
      """
      \(world.mapName): \(world.network.vertexCount) junctions, \(world.network.arcCount) arcs, \
      \(world.network.turnCount) turns; profile \(world.roads.profile.name), seed \(world.seed)
      hierarchy: \(size.upwardArcCount + size.downwardArcCount) arcs, \(size.triangleCount) triangles, \
      height \(size.treeHeight)


      """)
    write(row("scenario", ["samples", "mean", "CPU mean", "p50", "p99", "p99.9", "  checksum"]))
  }

  func show(_ line: Line) throws {
    guard isJSON else {
      return write(
        row(
          line.scenario,
          ["\(line.samples)"] + [line.mean, line.cpuMean, line.p50, line.p99, line.p999].map(Self.time)
            + ["  " + line.checksum]))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    write(String(decoding: try encoder.encode(line), as: UTF8.self) + "\n")
  }

  func showVerified(_ count: Int, _ sum: Checksum) {
    let pairs = "\"checksum\":\"\(sum)\",\"mismatches\":0,\"pairs\":\(count),\"scenario\":\"verify\""
    write(isJSON ? "{\(pairs)}\n" : "verified: \(count) pairs, no mismatch with Dijkstra, checksum \(sum)\n\n")
  }

  private func row(_ name: String, _ cells: [String]) -> String {
    let padded = cells.map { String(repeating: " ", count: max(0, 11 - $0.count)) + $0 }
    return name.padding(toLength: 58, withPad: " ", startingAt: 0) + padded.joined() + "\n"
  }

  private static func time(_ microseconds: Double) -> String {
    switch microseconds {
    case ..<1_000: String(format: "%.1f µs", microseconds)
    case ..<1_000_000: String(format: "%.2f ms", microseconds / 1_000)
    default: String(format: "%.2f s", microseconds / 1_000_000)
    }
  }

  private func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}
