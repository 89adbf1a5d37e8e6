import Geometry
import RoadGraph

/// A place on the road that a sample of the line may stand for, and the direction of travel there.
struct Candidate {
  /// Never a shadow.
  let arc: ArcID
  /// From the arc's tail.
  let alongMeters: Double
  /// From the sample.
  let distanceMeters: Double
  /// What choosing it costs per ``MatchCosts/unitMeters`` of line.
  let cost: Double
  /// Ordinary cars may drive this way.
  let isCivil: Bool
}

/// Finds the directed roads beside a line.
struct CandidateFinder {
  /// Nearest segments that are looked at.
  private static let countMax = 16
  private static let samePlaceMeters = 1.0
  private static let sameBearingDegrees = 10.0

  let network: RoadNetwork
  let terms: PolylineMatcher.Terms
  let costs: MatchCosts

  /// The places on arcs that run as the line does. O(log spans + the neighbourhood).
  ///
  /// Where the line bends, one road may have a place on each leg of the bend.
  func candidates(of sample: LineSample) -> [Candidate] {
    var found: [Candidate] = []
    for bearing in distinctBearings(of: sample) {
      var query = Snapper.Query(
        sample.coordinate, headingDegrees: bearing, radiusMeters: terms.radiusMeters, count: Self.countMax)
      query.headingToleranceDegrees = terms.headingToleranceDegrees
      for snapped in Snapper(network).candidates(query, isUsable: { _, _ in true }) {
        for (arc, direction) in [(snapped.arcs.forward, 0.0), (snapped.arcs.backward, 180)] {
          guard let arc, let new = candidate(arc, snapped, bearingDegrees: snapped.bearingDegrees + direction, sample)
          else { continue }
          let isKnown = found.contains { $0.arc == arc && abs($0.alongMeters - new.alongMeters) < Self.samePlaceMeters }
          if !isKnown { found.append(new) }
        }
      }
    }
    return found
  }

  /// The bearings that differ enough to find other roads.
  private func distinctBearings(of sample: LineSample) -> [Double] {
    sample.bearingsDegrees.reduce(into: []) { distinct, bearing in
      let isNew = distinct.allSatisfy { Heading.angleDegrees($0, bearing) > Self.sameBearingDegrees }
      if isNew { distinct.append(bearing) }
    }
  }

  private func candidate(
    _ arc: ArcID, _ found: SnapCandidate, bearingDegrees: Double, _ sample: LineSample
  ) -> Candidate? {
    let angle = sample.bearingsDegrees.map { Heading.angleDegrees($0, bearingDegrees) }.min() ?? 0
    guard angle <= terms.headingToleranceDegrees else { return nil }
    let isCivil = network.isCivil(found.position.piece, isBackward: network.arcCourse[arc].isBackward)
    return Candidate(
      arc: arc, alongMeters: network.alongMeters(of: found.position, on: arc), distanceMeters: found.distanceMeters,
      cost: costs.candidate(distanceMeters: found.distanceMeters, angleDegrees: angle, isCivil: isCivil),
      isCivil: isCivil)
  }
}
