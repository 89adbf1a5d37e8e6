import Geometry
import RoadGraph

/// Finds the roads that a vehicle drove on which was seen at some places, now and then and inexactly.
///
/// A hidden Markov model (Newson, Krumm, GIS 2009, doi:10.1145/1653771.1653818): what speaks against a road at a point
/// is how many standard deviations it lies away, and against going from one road to the next how far the shortest way
/// differs from the straight line between the points. Viterbi's algorithm finds the roads that the least speaks
/// against. Points that no way leads to are outliers; where none of the next ones is reached either, or after a
/// silence, another way begins.
public struct TraceMatcher: Sendable {
  /// A place of the trace.
  public struct Point: Sendable {
    public var coordinate: Coordinate
    /// Since any moment; `nil` if no point has a time.
    public var seconds: Double?
    /// The standard deviation of the place, above 0.
    public var deviationMeters: Double
    /// The direction of travel, if it is known.
    public var headingDegrees: Double?

    public init(
      _ coordinate: Coordinate, seconds: Double? = nil, deviationMeters: Double, headingDegrees: Double? = nil
    ) {
      (self.coordinate, self.seconds) = (coordinate, seconds)
      (self.deviationMeters, self.headingDegrees) = (deviationMeters, headingDegrees)
    }
  }

  /// What the vehicle may drive.
  public struct Roads: Sendable {
    /// True for an arc that may be driven at a piece of it.
    public var isUsable: @Sendable (ArcID, PieceID) -> Bool
    /// True for a turn from an arc that may be made onto an arc that may be driven through.
    public var isOpen: @Sendable (TurnID, ArcID) -> Bool

    public init(
      isUsable: @escaping @Sendable (ArcID, PieceID) -> Bool, isOpen: @escaping @Sendable (TurnID, ArcID) -> Bool
    ) {
      (self.isUsable, self.isOpen) = (isUsable, isOpen)
    }
  }

  let network: RoadNetwork
  let roads: Roads

  public init(_ network: RoadNetwork, _ roads: Roads) { (self.network, self.roads) = (network, roads) }

  /// Ways that are tried behind points that none leads to.
  private static let outliersMax = 3
  /// Silence of this long ends a way.
  private static let gapSeconds = 60.0

  /// The ways of a trace, in its order; points that lie on none are in none of them.
  ///
  /// - Parameters:
  ///   - splitsAtGaps: whether another way begins after a minute of silence.
  ///   - check: called for each point: what it throws ends the work.
  /// - Complexity: O(points · candidates · arcs within the distance of the next point).
  public func match<Failure: Error>(
    _ points: [Point], splitsAtGaps: Bool, check: () throws(Failure) -> Void
  ) throws(Failure) -> [TraceMatch] {
    let deviation = points.map(\.deviationMeters).max() ?? 0
    var search = RoadSearch(
      network, backwardMeters: max(RoadSearch.backwardMeters, 2 * deviation), isOpen: roads.isOpen)
    var found: [TraceMatch] = []
    var open: TraceLattice?
    func end(_ search: inout RoadSearch) {
      if let way = open?.match(&search, network) { found.append(way) }
      open = nil
    }
    var outliers: [Int] = []
    var index = 0
    while index < points.count {
      try check()
      let layer = TraceLattice.Layer(points[index], at: index, candidates(of: points[index]))
      if let last = open?.last, splitsAtGaps, let before = last.point.seconds, let now = points[index].seconds,
        now - before > Self.gapSeconds
      {
        end(&search)
      }
      if layer.states.isEmpty {
        index += 1
      } else if open == nil {
        (open, outliers) = (TraceLattice(layer), [])
        index += 1
      } else if open?.append(layer, &search) == true {
        outliers = []
        index += 1
      } else if outliers.count < Self.outliersMax, index + 1 < points.count {
        outliers.append(index)
        index += 1
      } else {
        // None of these was an outlier: the way goes on elsewhere.
        end(&search)
        index = outliers.first ?? index
        outliers = []
      }
    }
    end(&search)
    return found
  }

  /// Nearest segments that are looked at.
  private static let segmentsMax = 8
  /// A road beyond this is none of a point's, however exact that says it is.
  private static let reachMeters = 25.0
  static let reachDeviations = 4.0

  /// The directed roads at a point.
  private func candidates(of point: Point) -> [TraceLattice.State] {
    let radius = max(Self.reachMeters, Self.reachDeviations * point.deviationMeters)
    let query = Snapper.Query(
      point.coordinate, headingDegrees: point.headingDegrees, radiusMeters: radius, count: Self.segmentsMax)
    return Snapper(network).candidates(query, isUsable: roads.isUsable).flatMap { snapped in
      [snapped.arcs.forward, snapped.arcs.backward].compactMap(\.self).map { arc in
        let isCivil = network.isCivil(snapped.position.piece, isBackward: network.arcCourse[arc].isBackward)
        let deviations = snapped.distanceMeters / point.deviationMeters
        return TraceLattice.State(
          candidate: Candidate(
            arc: arc, alongMeters: network.alongMeters(of: snapped.position, on: arc),
            distanceMeters: snapped.distanceMeters,
            cost: deviations * deviations / 2 + (isCivil ? 0 : TraceLattice.nonCivilCost), isCivil: isCivil),
          snapped: snapped)
      }
    }
  }
}

/// A way of a trace.
public struct TraceMatch: Sendable {
  /// A point of the trace on the road that the vehicle was on.
  public struct Point: Sendable {
    /// Its position in the trace.
    public var index: Int
    public var snapped: SnapCandidate
    /// The arc that is driven there.
    public var arc: ArcID
    /// How many other roads are about as likely.
    public var alternativesCount: Int
  }

  /// Two at least.
  public var points: [Point]
  /// From each point to the next the arcs that are driven, that of the first point and that of the next included.
  public var ways: [[ArcID]]
  /// How well the roads fit, 0 to 1.
  public var confidence: Double
}
