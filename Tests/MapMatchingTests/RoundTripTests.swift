import DemoCity
import MapImport
import MapMatching
import RoadGraph
import TestSupport
import Testing

/// Paths drawn as lines, moved by up to 6 m and thinned, are found again.
@Suite struct RoundTripTests {
  /// A path counts as found if what lacks and what is too much are each within so many metres, or so much of it.
  private static let toleranceMeters = 15.0
  private static let toleranceShare = 0.02

  private struct Outcome {
    var found = 0
    /// Matched, in part, against a one-way or on a path for people on foot, although the line is neither.
    var nonCivil: [Int] = []
    var disconnected = 0
  }

  private func outcome(_ network: RoadNetwork, count: Int, seed: UInt64) -> Outcome {
    var random = SeededGenerator(seed: seed)
    let matcher = PolylineMatcher(network)
    var outcome = Outcome()
    var paths = 0
    while paths < count {
      let wanted = Double.random(in: 100...1_500, using: &random)
      guard let path = RandomPath(network, lengthMeters: wanted, &random) else { continue }
      let match = matcher.match(path.drawn(shiftMetersMax: 6, thinMeters: 2, &random))
      let (missing, extra) = path.difference(to: match)
      if max(missing, extra) <= max(Self.toleranceMeters, Self.toleranceShare * path.lengthMeters) {
        outcome.found += 1
      }
      if match?.isConnected != true { outcome.disconnected += 1 }
      if let match, match.quality.nonCivilShare > 0 { outcome.nonCivil.append(paths) }
      paths += 1
    }
    return outcome
  }

  @Test(arguments: [1, 2] as [UInt64])
  func findsPathsOfACity(seed: UInt64) throws {
    let plan = try CityPlan(seed: seed, junctions: 2_000)
    var bytes: [UInt8] = []
    plan.write { bytes.append(contentsOf: $0) }
    let network = try MapImporter(source: .text(opl: String(decoding: bytes, as: UTF8.self))).run().network
    let outcome = outcome(network, count: 100, seed: seed)
    #expect(outcome.found >= 99, "seed \(seed): \(outcome)")
    #expect(outcome.nonCivil.isEmpty && outcome.disconnected == 0, "seed \(seed): \(outcome)")
  }

  @Test(
    .enabled(if: RealMaps.path("seoul-centre") != nil, "\(RealMaps.hint)"),
    arguments: ["seoul-centre", "liechtenstein"])
  func findsPathsOfRealMaps(name: String) throws {
    let path = try #require(RealMaps.path(name))
    let network = try MapImporter(source: .file(path)).run().network
    let outcome = outcome(network, count: 150, seed: 1)
    #expect(outcome.found >= 147, "\(name): \(outcome)")
    #expect(outcome.nonCivil.count <= 1 && outcome.disconnected <= 1, "\(name): \(outcome)")
  }
}
