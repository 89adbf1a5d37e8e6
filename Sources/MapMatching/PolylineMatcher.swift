import Geometry
import MapFile
import RoadGraph

/// Finds the roads that a line follows: a hidden Markov model whose states are places on roads beside the line.
///
/// A road lies near the line and runs as the line does; from one point of the line to the next, the way along roads is
/// about as long as the line. So a road that is only crossed, a service road beside a street, or the other carriageway
/// don't fit.
///
/// - SeeAlso: Newson, Krumm, *Hidden Markov Map Matching Through Noise and Sparseness*, ACM GIS 2009,
///   doi:10.1145/1653771.1653818.
public struct PolylineMatcher: Sendable {
  /// What fits.
  public struct Terms: Sendable {
    /// No road lies farther from the line, in metres.
    public var radiusMeters = 25.0
    /// No road runs otherwise than the line by more.
    public var headingToleranceDegrees = 60.0
    /// How far lines typically lie from the roads that they mean.
    public var distanceDeviationMeters = 8.0
    /// How much longer or shorter than the line the way along roads typically is, from one point to the next.
    public var lengthDeviationMeters = 6.0

    public init() {}
  }

  private let network: RoadNetwork
  private static let stepMeters = 20.0

  public init(_ network: RoadNetwork) { self.network = network }

  /// The roads that a line follows in its own direction; `nil` where there is none.
  ///
  /// Where the line leaves the map, or jumps where no road does, what follows on both sides is kept.
  /// - Complexity: O(length) look-ups of roads and small searches; about a millisecond for a kilometre.
  public func match(_ line: [Coordinate], terms: Terms = Terms()) -> RoadMatch? {
    let line = LineSamples(line, stepMeters: Self.stepMeters)
    let finder = RoadCandidates(network: network, terms: terms)
    var chains: [MatchChain] = []
    var matchedMeters = 0.0
    for sample in line.samples {
      let candidates = finder.near(sample)
      guard !candidates.isEmpty else {
        chains.append(MatchChain())
        continue
      }
      if chains.last?.extend(by: candidates, metersFromLast: sample.metersFromLast, terms, network) == true {
        matchedMeters += sample.metersFromLast
      } else {
        chains.append(MatchChain(candidates))
      }
    }
    let runs = chains.compactMap { $0.best(in: network) }
    let parts = runs.flatMap(\.parts)
    let distances = runs.flatMap(\.distancesMeters)
    guard !parts.isEmpty, line.lengthMeters > 0 else { return nil }
    return RoadMatch(
      parts: parts, lineMeters: line.lengthMeters, coveredShare: min(matchedMeters / line.lengthMeters, 1),
      meanDistanceMeters: distances.reduce(0, +) / Double(distances.count), maxDistanceMeters: distances.max() ?? 0,
      isConnected: runs.count == 1, radiusMeters: terms.radiusMeters)
  }
}
