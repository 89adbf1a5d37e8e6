import Geometry
import RoadGraph

/// Finds the roads that a line on the map follows, in the line's direction.
///
/// Map matching with a hidden Markov model (Newson, Krumm, GIS 2009, doi:10.1145/1653771.1653818) on samples of the
/// line: the line is given as a whole and may leave the roads. Roads that it only crosses are not matched. Of two
/// directed roads beside it that one counts which ordinary cars may drive that way, so that a divided road is matched
/// to the carriageway that runs the line's way, although there is an arc against the one-way of the other one.
///
/// Match the reversed line as well for both directions of a road.
public struct PolylineMatcher: Sendable {
  /// What counts as following.
  public struct Terms: Hashable, Sendable {
    /// A road may lie this far from the line. From 5 to 100 m are sensible: the costs of all errors scale with it.
    public var radiusMeters = 25.0
    /// A road may run at such an angle to the line, below 90.
    public var headingToleranceDegrees = 45.0
    /// Where a path ends with less than this on a piece, the piece is left out; where a piece lacks less than this, it
    /// is covered to its end. A quarter of the line's length at most.
    public var endToleranceMeters = 5.0

    public init() {}
  }

  private let network: RoadNetwork

  public init(_ network: RoadNetwork) { self.network = network }

  /// The roads along a line; `nil` where no road follows it, or for a line without length.
  ///
  /// - Complexity: O(length of the line · roads within the radius · arcs within some tens of metres).
  public func match(_ line: [Coordinate], terms: Terms = Terms()) -> RoadMatch? { match(line, terms: terms) {} }

  /// The same, unless it is ended.
  ///
  /// - Parameter check: called every few milliseconds: what it throws ends the work.
  public func match<Failure: Error>(
    _ line: [Coordinate], terms: Terms = Terms(), check: () throws(Failure) -> Void
  ) throws(Failure) -> RoadMatch? {
    precondition(terms.radiusMeters > 0, "a radius without length")
    guard let line = MeasuredLine(line) else { return nil }
    let samples = try line.samples(check: check)
    let costs = MatchCosts(radiusMeters: terms.radiusMeters)
    let finder = CandidateFinder(network: network, terms: terms, costs: costs)
    var search = RoadSearch(network)
    let choices = try Trellis(samples, finder: finder, search: &search, check: check).choices()
    var builder = PathBuilder(network: network, line: line, terms: terms, search: search)
    let traces = try builder.bridged(Trace.traces(of: samples, choices: choices), check: check)
    var driven: [(trace: Trace, path: [DrivenStretch])] = []
    for trace in traces {
      let path = try builder.path(of: trace, check: check)
      if !path.isEmpty { driven.append((trace, path)) }
    }
    guard !driven.isEmpty else { return nil }
    let stretches = driven.flatMap(\.path)
    let quality = MatchQuality(
      of: driven.map(\.trace), lineMeters: line.lengthMeters, matchedMeters: meters(of: stretches),
      nonCivilMeters: meters(of: stretches.filter { !network.isCivil($0.piece, isBackward: $0.isBackward) }),
      radiusMeters: terms.radiusMeters)
    return RoadMatch(paths: driven.map { $0.path.map(MatchedPiece.init) }, quality: quality)
  }

  private func meters(of stretches: [DrivenStretch]) -> Double { stretches.reduce(0) { $0 + $1.coveredMeters } }
}
