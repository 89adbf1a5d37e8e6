import API
import Fleet
import Foundation
import Geometry
import Hierarchy
import RoadGraph
import Traffic

/// What of all roads the units reach in time.
extension TocsinEngine {
  public func coverage(_ request: CoverageRequest, within limit: WorkLimit) throws(EngineError) -> CoverageAnswer {
    try Validation.coverage(request, limits)
    return try withTraffics(of: request.whatIf, at: request.departAt, within: limit) {
      before, now throws(EngineError) in
      let moment = self.now()
      var question = CoverageQuestion(request, limit)
      let units = try covering(request, in: now, at: moment, within: limit, &question.leftOut)
      var answer = try self.answer(question, units, in: now)
      answer.basis = now.basis
      guard !request.moves.isEmpty || !request.whatIf.isEmpty else { return answer }
      var unmoved = request
      (unmoved.moves, unmoved.detail) = ([], CoverageDetail())
      (unmoved.detail.soleCount, unmoved.detail.gapCount) = (0, 0)
      var known = CoverageQuestion(unmoved, limit)
      let there = try covering(unmoved, in: before, at: moment, within: limit, &known.leftOut)
      answer.before = try self.answer(known, there, in: before).levels
      return answer
    }
  }

  /// The units that count, where they stand or are thought to stand.
  private func covering(
    _ request: CoverageRequest, in state: EngineState, at moment: Date, within limit: WorkLimit,
    _ leftOut: inout [LeftOutReason: Int]
  ) throws(EngineError) -> [CoveringUnit] {
    for move in request.moves where state.fleet[move.unitID] == nil {
      throw EngineError(.unknownUnit, "there is no such unit to move", value: move.unitID)
    }
    let moves = Dictionary(uniqueKeysWithValues: request.moves.map { ($0.unitID, $0) })
    let muster = try Muster(
      state.fleet, request.units, moves: moves, in: state.snapshot, sites, at: moment, within: limit)
    leftOut = Dictionary(muster.absent.map { ($0.reason, 1) }, uniquingKeysWith: +)
    return try covering(muster.mayGo, handlingSeconds: request.handlingSeconds, in: state)
  }

  /// The available units that drive by a profile, or all of them if it is empty.
  func covering(
    of profile: String, in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> [CoveringUnit] {
    let muster = try Muster(state.fleet, UnitFilter(), in: state.snapshot, sites, at: now(), within: limit) { unit in
      profile.isEmpty || unit.profile == profile
    }
    return try covering(muster.mayGo, in: state)
  }

  /// When the first of some units comes to every road.
  func firstArrivals(
    of units: [CoveringUnit], in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> FirstArrivals {
    guard !units.isEmpty else { return FirstArrivals(on: map.network) }
    let names = Set(units.map(\.unit.unit.profile)).sorted()
    let profiles = try names.map { name throws(EngineError) in try profileSnapshot(name, of: state.snapshot) }
    return try coverageSweeps.withWorkspaces(profiles.count) { sweeps throws(EngineError) in
      let coverage = try RoadCoverage(
        units, in: profiles, depth: 1, limits: FirstArrivals.limits, with: sweeps, within: limit)
      return try FirstArrivals(coverage, on: map.network, within: limit)
    }
  }

  /// By id.
  private func covering(
    _ entries: [Muster.Entry], handlingSeconds: Double = 0, in state: EngineState
  ) throws(EngineError) -> [CoveringUnit] {
    try entries.sorted { $0.unit.id < $1.unit.id }.map { entry throws(EngineError) in
      let profile = try profileSnapshot(entry.unit.profile, of: state.snapshot)
      let seconds = handlingSeconds + profile.roads.profile.turnoutSeconds(of: entry.stationed)
      return CoveringUnit(unit: entry.stationed, startMilliseconds: Weight(saturating: seconds * 1000))
    }
  }

  /// What each of some units covers that none of the others does; of those with one crew the first by id has it.
  func soleCover(
    of entries: [Muster.Entry], _ strips: StripQuestion, in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> [String: Double] {
    var request = CoverageRequest(limitsSeconds: [strips.limitSeconds])
    (request.demandLayer, request.detail.soleCount, request.detail.gapCount) = (strips.demandLayer, entries.count, 0)
    let answer = try answer(CoverageQuestion(request, limit), covering(entries, in: state), in: state)
    let isOfDemand = !strips.demandLayer.isEmpty
    return Dictionary(
      uniqueKeysWithValues: answer.sole.map { ($0.unitID, isOfDemand ? $0.demandWeight : $0.lengthMeters) })
  }

  private func answer(
    _ question: CoverageQuestion, _ units: [CoveringUnit], in state: EngineState
  ) throws(EngineError) -> CoverageAnswer {
    // Where nobody is, all that anybody could cover is bare.
    let names = units.isEmpty ? profileNames : Set(units.map(\.unit.unit.profile)).sorted()
    let profiles = try names.map { name throws(EngineError) in try profileSnapshot(name, of: state.snapshot) }
    return try coverageSweeps.withWorkspaces(profiles.count) { sweeps throws(EngineError) in
      let coverage = try RoadCoverage(
        units, in: profiles, depth: max(question.request.depth, 2), limits: question.limits, with: sweeps,
        within: question.limit)
      let lengths = profiles.map { drivableLengths.lengths(of: $0, in: state.snapshot) }
      let demand = try demandOf(question, for: profiles, in: state)
      return try question.answer(coverage, lengths, demand, version: state.snapshot.version, in: map.network)
    }
  }
}

extension TocsinEngine {
  /// - Throws: `UNKNOWN_LAYER`.
  private func demandOf(
    _ question: CoverageQuestion, for profiles: [ProfileSnapshot], in state: EngineState
  ) throws(EngineError) -> Demand? {
    let name = question.request.demandLayer
    if name.isEmpty { return nil }
    return try demands.demand(
      state.layers.layer(name), for: profiles, in: state, sites, within: question.limit)
  }
}

/// A question about coverage while it is answered.
private struct CoverageQuestion {
  let request: CoverageRequest
  let limit: WorkLimit
  let limits: [Weight]
  var leftOut: [LeftOutReason: Int] = [:]

  /// This many roads are walked in about a millisecond.
  private static let checkInterval = 1_024

  init(_ request: CoverageRequest, _ limit: WorkLimit) {
    (self.request, self.limit) = (request, limit)
    limits = request.limitsSeconds.map { Weight(($0 * 1000).rounded(.down)) }
  }

  func answer(
    _ coverage: RoadCoverage, _ lengths: [DrivableLengths], _ demand: Demand?, version: UInt64,
    in network: RoadNetwork
  ) throws(EngineError) -> CoverageAnswer {
    var answer = CoverageAnswer(version: version, unitCount: coverage.units.count)
    answer.leftOut = leftOut
    answer.demand = demand?.summary
    answer.isFeltTime = coverage.snapshots.contains { $0.roads.profile.reluctance.largest > 1 }
    var tally = CoverageTally(
      limitsSeconds: request.limitsSeconds, depth: request.depth, unitCount: coverage.units.count,
      isOfDemand: demand != nil)
    var writer = ReachedRoadWriter(network, box: nil)
    var cover = ArcCover(limitCount: limits.count, depth: coverage.depth)
    let longest = lengths.longest
    for (number, arcs) in network.segmentArcs.buffer.enumerated() {
      if number % Self.checkInterval == 0 { try limit.check() }
      for arc in [arcs.forward, arcs.backward] {
        guard let arc, longest[arc.position] > 0 else { continue }
        tally.add(road: Int(longest[arc.position]))
        add(arc, Int(longest[arc.position]), of: coverage, to: &tally, &writer, &cover)
      }
      if request.detail.roads { try writer.checkCount() }
    }
    if let demand { try add(demand, of: coverage, to: &tally, in: network) }
    answer.levels = tally.levels
    answer.sole = tally.soleCovers(of: coverage.units, count: request.detail.soleCount)
    answer.gaps = try tally.largestGaps(of: coverage.units, count: request.detail.gapCount, in: network) {
      () throws(EngineError) in try limit.check()
    }
    answer.roads = writer.roads
    return answer
  }

  /// Counts all points on the map.
  private func add(
    _ demand: Demand, of coverage: RoadCoverage, to tally: inout CoverageTally, in network: RoadNetwork
  ) throws(EngineError) {
    for (number, point) in demand.points.enumerated() {
      let sites = demand.sites(of: number)
      guard let nearest = sites.compactMap(\.self).first?.candidates[0] else { continue }
      let comers = try coverage.comers(to: sites, within: limit)
      tally.add(point, comers, limits: limits, way: network.way(of: nearest.position.piece))
    }
  }

  /// Counts an arc of some length.
  private func add(
    _ arc: ArcID, _ whole: Int, of coverage: RoadCoverage, to tally: inout CoverageTally,
    _ writer: inout ReachedRoadWriter, _ cover: inout ArcCover
  ) {
    var reached = 0
    if !request.detail.roads, coverage.measure(arc, centimeters: whole, into: &cover) {
      reached = cover.reachedCentimeters(of: whole)
      tally.add(cover, centimeters: whole)
    } else {
      reached = addParts(of: arc, of: coverage, to: &tally, &writer)
    }
    if reached < whole, request.detail.gapCount > 0 {
      tally.add(gapOf: whole - reached, on: arc, coverage.first(at: arc), in: coverage.network)
    }
  }

  /// Counts an arc piece by piece, and lists it if that is asked for.
  ///
  /// - Returns: how much of it somebody reaches, in centimetres.
  private func addParts(
    of arc: ArcID, of coverage: RoadCoverage, to tally: inout CoverageTally, _ writer: inout ReachedRoadWriter
  ) -> Int {
    var reached = 0
    for part in coverage.parts(of: arc) where coverage.network.isOnLand(part.piece) {
      let centimeters = Int(coverage.network.lengthCentimeters(of: part.piece, part.extent))
      reached += centimeters
      tally.add(part.arrivals, centimeters: centimeters)
      if request.detail.roads, part.arrivals.count >= request.depth {
        let unit = coverage.units[part.arrivals[request.depth - 1].unit].unit.unit
        writer.add(part.reached(by: request.depth), on: arc, by: unit.id)
      }
    }
    writer.finishRoad()
    return reached
  }
}

extension CoveredPart {
  /// The part as it is reached by the unit of a depth.
  fileprivate func reached(by depth: Int) -> ReachedPart {
    let arrival = arrivals[depth - 1]
    return ReachedPart(
      piece: piece, direction: direction, extent: extent, band: arrival.band,
      beginMilliseconds: arrival.beginMilliseconds, endMilliseconds: arrival.endMilliseconds)
  }
}
