import API
import RoadGraph

/// Adds up what is covered, by limit and depth, by whom alone, and what isn't: road in centimetres, and the weights of
/// a layer of demand.
struct CoverageTally {
  private let limitsSeconds: [Double]
  private let depth: Int
  private var roads: Sums
  private var demand: Sums
  private var gaps: GapFinder
  private let isOfDemand: Bool

  /// - Parameters:
  ///   - unitCount: of all units.
  ///   - isOfDemand: what is listed is demand, not road.
  init(limitsSeconds: [Double], depth: Int, unitCount: Int, isOfDemand: Bool) {
    (self.limitsSeconds, self.depth, self.isOfDemand) = (limitsSeconds, depth, isOfDemand)
    roads = Sums(limitsSeconds.count, depth, unitCount)
    demand = roads
    gaps = GapFinder()
  }

  /// Counts a road that is there to be covered.
  mutating func add(road centimeters: Int) { roads.total += Double(centimeters) }

  /// Counts a part of a road to which somebody comes.
  mutating func add(_ arrivals: [CoveredPart.Arrival], centimeters: Int) {
    roads.add(arrivals.lazy.map { ($0.unit, $0.band) }, Double(centimeters))
  }

  /// Counts an arc along which units keep their order.
  mutating func add(_ cover: ArcCover) { roads.add(cover) }

  /// Counts what of an arc nobody comes to in time.
  mutating func add(
    gapOf centimeters: Int, on arc: ArcID, _ first: RoadCoverage.Comer?, in network: RoadNetwork
  ) {
    if isOfDemand { return }
    let shape = network.shape(of: network.arcCourse[arc].segment)
    let way = network.pieceIDs(along: arc).compactMap { network.way(of: $0) }.first
    gaps.add(GapFinder.Part(coordinate: shape[shape.count / 2], amount: Double(centimeters), way: way, first: first))
  }

  /// Counts a point of demand with those that come to it, the earliest first.
  mutating func add(
    _ point: Demand.Point, _ comers: [RoadCoverage.Comer], limits: [Weight], way: WayID?
  ) {
    demand.total += point.weight
    let inTime = comers.compactMap { comer in
      limits.firstIndex { comer.milliseconds <= $0 }.map { (unit: comer.unit, band: $0) }
    }
    demand.add(inTime, point.weight)
    if inTime.isEmpty {
      gaps.add(
        GapFinder.Part(coordinate: point.coordinate, amount: point.weight, way: way, first: comers.first))
    }
  }

  var levels: [CoverageLevel] {
    let (meters, weights) = (roads.upToEachLimit, demand.upToEachLimit)
    return limitsSeconds.enumerated().flatMap { limit, seconds in
      (0..<depth).map { number in
        var level = CoverageLevel(
          limitSeconds: seconds, depth: number + 1, lengthMeters: meters[limit][number] / 100,
          lengthShare: meters[limit][number] / max(roads.total, 1))
        level.demandWeight = weights[limit][number]
        level.demandShare = demand.total > 0 ? weights[limit][number] / demand.total : 0
        return level
      }
    }
  }

  /// The longest first; the heaviest, if demand is listed.
  func soleCovers(of units: [CoveringUnit], count: Int) -> [SoleCover] {
    let all = limitsSeconds.indices.flatMap { limit in
      units.indices.map { unit in
        var sole = SoleCover(
          unitID: units[unit].unit.unit.id, limitSeconds: limitsSeconds[limit],
          lengthMeters: roads.sole[limit][unit] / 100)
        sole.demandWeight = demand.sole[limit][unit]
        return sole
      }
    }
    func amount(_ sole: SoleCover) -> Double { isOfDemand ? sole.demandWeight : sole.lengthMeters }
    let sorted = all.filter { amount($0) > 0 }
      .sorted { (-amount($0), $0.unitID, $0.limitSeconds) < (-amount($1), $1.unitID, $1.limitSeconds) }
    return Array(sorted.prefix(count))
  }

  /// The longest first; the heaviest, if demand is listed.
  ///
  /// - Throws: what `check` throws, called every now and then.
  func largestGaps<Failure: Error>(
    of units: [CoveringUnit], count: Int, in network: RoadNetwork, check: () throws(Failure) -> Void
  ) throws(Failure) -> [CoverageGap] {
    try gaps.largest(count, check: check).map { gap in
      var listed = CoverageGap(
        name: gap.heaviest.way.map { network.texts[network.ways[$0].name] } ?? "",
        coordinate: gap.heaviest.coordinate, lengthMeters: isOfDemand ? 0 : gap.amount / 100,
        seconds: gap.heaviest.first.map { Double($0.milliseconds) / 1000 },
        unitID: gap.heaviest.first.map { units[$0.unit].unit.unit.id } ?? "")
      if isOfDemand { listed.demandWeight = gap.amount }
      return listed
    }
  }
}

/// Sums of one kind.
private struct Sums {
  var total = 0.0
  /// By limit, then by depth: what is first covered within that limit.
  private var covered: [[Double]]
  /// By limit, then by unit: what it alone covers.
  private(set) var sole: [[Double]]

  init(_ limitCount: Int, _ depth: Int, _ unitCount: Int) {
    covered = Array(repeating: Array(repeating: 0, count: depth), count: limitCount)
    sole = Array(repeating: Array(repeating: 0, count: unitCount), count: limitCount)
  }

  /// - Parameter comers: the earliest first, each with the first limit within which it comes.
  mutating func add(_ comers: some Collection<(unit: Int, band: Int)>, _ amount: Double) {
    var first: (unit: Int, band: Int)?
    var second: Int?
    for (number, comer) in comers.enumerated() {
      if number < covered[comer.band].count { covered[comer.band][number] += amount }
      if number == 0 { first = comer }
      if number == 1 { second = comer.band }
    }
    guard let first else { return }
    for limit in first.band..<max(second ?? covered.count, first.band) {
      sole[limit][first.unit] += amount
    }
  }

  mutating func add(_ cover: ArcCover) {
    for number in cover.units.indices.prefix(covered[0].count) {
      var before = 0
      for limit in covered.indices {
        covered[limit][number] += Double(cover[number, limit] - before)
        before = cover[number, limit]
      }
    }
    guard let first = cover.units.first else { return }
    for limit in sole.indices {
      sole[limit][first] += Double(cover[0, limit] - (cover.units.count > 1 ? cover[1, limit] : 0))
    }
  }

  /// What is covered within each limit, those before it included.
  var upToEachLimit: [[Double]] {
    var sums = covered
    for limit in sums.indices.dropFirst() {
      for number in sums[limit].indices { sums[limit][number] += sums[limit - 1][number] }
    }
    return sums
  }
}
