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
  ///
  /// - Parameter centimeters: of the whole arc.
  mutating func add(_ cover: ArcCover, centimeters: Int) { roads.add(cover, Double(centimeters)) }

  /// Counts what of an arc nobody comes to in time.
  mutating func add(
    gapOf centimeters: Int, on arc: ArcID, _ first: RoadCoverage.Comer?, in network: RoadNetwork
  ) {
    if isOfDemand { return }
    let shape = network.shape(of: network.arcCourse[arc].segment)
    let way = network.firstWay(along: arc)
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
          lengthMeters: roads.sole(limit, unit) / 100)
        sole.demandWeight = demand.sole(limit, unit)
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
  private let limitCount: Int
  private let depth: Int
  private let unitCount: Int
  /// By limit, then by depth: what is first covered within that limit.
  private var covered: [Double]
  /// By limit, then by unit: what it alone covers.
  private var sole: [Double]

  init(_ limitCount: Int, _ depth: Int, _ unitCount: Int) {
    (self.limitCount, self.depth, self.unitCount) = (limitCount, depth, unitCount)
    covered = Array(repeating: 0, count: limitCount * depth)
    sole = Array(repeating: 0, count: limitCount * unitCount)
  }

  /// What a unit alone covers within a limit.
  func sole(_ limit: Int, _ unit: Int) -> Double { sole[limit * unitCount + unit] }

  /// - Parameter comers: the earliest first, each with the first limit within which it comes.
  mutating func add(_ comers: some Collection<(unit: Int, band: Int)>, _ amount: Double) {
    for (number, comer) in comers.prefix(depth).enumerated() { covered[comer.band * depth + number] += amount }
    guard let first = comers.first else { return }
    addSole(first.unit, from: first.band, to: comers.dropFirst().first?.band, amount)
  }

  /// Counts an arc of some length.
  mutating func add(_ cover: ArcCover, _ whole: Double) {
    if cover.isStopped { return addStopped(cover) }
    for number in 0..<min(cover.count, depth) { covered[cover.band(number) * depth + number] += whole }
    if cover.count == 0 { return }
    addSole(cover.unit(0), from: cover.band(0), to: cover.count > 1 ? cover.band(1) : nil, whole)
  }

  /// Counts what a unit covers within the limits before the second one comes.
  private mutating func addSole(_ unit: Int, from first: Int, to second: Int?, _ amount: Double) {
    for limit in first..<max(second ?? limitCount, first) { sole[limit * unitCount + unit] += amount }
  }

  private mutating func addStopped(_ cover: ArcCover) {
    var alone = 0
    for limit in 0..<limitCount {
      for number in 0..<min(cover.count, depth) {
        covered[limit * depth + number] += Double(cover.centimeters(number, limit))
      }
      alone += cover.centimeters(0, limit) - (cover.count > 1 ? cover.centimeters(1, limit) : 0)
      sole[limit * unitCount + cover.unit(0)] += Double(alone)
    }
  }

  /// What is covered within each limit, those before it included.
  var upToEachLimit: [[Double]] {
    var sum = Array(repeating: 0.0, count: depth)
    return (0..<limitCount).map { limit in
      for number in 0..<depth { sum[number] += covered[limit * depth + number] }
      return sum
    }
  }
}
