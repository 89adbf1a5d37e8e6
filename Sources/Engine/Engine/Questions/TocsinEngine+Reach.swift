import API
import Geometry
import Hierarchy
import RoadGraph
import Traffic

/// Where one gets within some limits of time, and from where.
extension TocsinEngine {
  public func reach(_ request: ReachRequest, within limit: WorkLimit) throws(EngineError) -> ReachAnswer {
    try Validation.reach(request)
    return try withTraffics(of: request.whatIf, at: request.departAt, for: request.profile, within: limit) {
      before, now throws(EngineError) in
      let profile = try profileSnapshot(request.profile, of: now.snapshot)
      let role: SiteRole = request.direction == .from ? .origin : .destination
      let found = request.places.map { sites.site($0, role: role, on: profile.roads, within: request.reach) }
      guard found.contains(where: { $0 != nil }) else {
        throw sites.offMap(request.places[0], within: request.reach, on: [profile.roads])
      }
      var answer = ReachAnswer(
        version: now.snapshot.version, places: found.map { $0.map { sites.snappedPlace($0.candidates[0]) } })
      answer.basis = now.basis
      answer.isFeltTime = profile.roads.profile.reluctance.largest > 1
      let lengths = drivableLengths.lengths(of: profile, in: now.snapshot)
      let layers = try request.detail.layers.map { name throws(EngineError) in try now.layers.layer(name) }
      let question = ReachQuestion(request, found.compactMap(\.self), lengths, LayerReach(layers), limit)
      try sweeps.withWorkspace { sweep throws(EngineError) in
        try question.answer(&answer, in: profile, with: sweep)
        if !request.whatIf.isEmpty {
          let known = try profileSnapshot(request.profile, of: before.snapshot)
          try question.addLoss(to: &answer, from: known, to: profile, sweep, sweeps)
        }
      }
      return answer
    }
  }
}

/// A question about reach while it is answered.
private struct ReachQuestion {
  let request: ReachRequest
  let sites: [Site]
  let lengths: DrivableLengths
  /// Nothing is counted yet.
  let layers: LayerReach
  let limit: WorkLimit
  private let limits: [Weight]
  private let direction: SweepDirection

  /// This many roads are walked in about a millisecond.
  private static let checkInterval = 4_096

  init(
    _ request: ReachRequest, _ sites: [Site], _ lengths: DrivableLengths, _ layers: LayerReach, _ limit: WorkLimit
  ) {
    (self.request, self.sites, self.lengths, self.layers, self.limit) = (request, sites, lengths, layers, limit)
    limits = request.limitsSeconds.map { Weight(($0 * 1000).rounded(.down)) }
    direction = request.direction == .from ? .from : .towards
  }

  // MARK: What is reached

  func answer(
    _ answer: inout ReachAnswer, in profile: ProfileSnapshot, with sweep: WeightSweep
  ) throws(EngineError) {
    let reach = try RoadReach(direction, sites, limits: limits, in: profile, with: sweep, within: limit)
    var collector = ReachCollector(request, lengths, layers, in: profile)
    try forEachArc(of: profile) { arc throws(EngineError) in
      collector.add(arc, of: reach)
      try collector.writer.checkCount()
    }
    let counts = collector.layers.counts(bandCount: limits.count)
    var sum = 0
    for (band, seconds) in request.limitsSeconds.enumerated() {
      sum += collector.centimeters[band]
      answer.bands.append(
        ReachBand(
          limitSeconds: seconds, lengthMeters: Double(sum) / 100,
          lengthShare: Double(sum) / Double(max(lengths.total, 1))))
      answer.bands[band].layers = counts[band]
    }
    if request.detail.outlines { try addOutlines(to: &answer, collector.drawing, profile) }
    answer.roads = collector.writer.roads
  }

  /// Calls `body` with the original arcs of all segments.
  private func forEachArc(
    of profile: ProfileSnapshot, _ body: (ArcID) throws(EngineError) -> Void
  ) throws(EngineError) {
    for (number, arcs) in profile.roads.network.segmentArcs.buffer.enumerated() {
      if number % Self.checkInterval == 0 { try limit.check() }
      if let arc = arcs.forward { try body(arc) }
      if let arc = arcs.backward { try body(arc) }
    }
  }

  private func addOutlines(
    to answer: inout ReachAnswer, _ drawing: ReachDrawing, _ profile: ProfileSnapshot
  ) throws(EngineError) {
    guard let grid = try drawing.grid(cellMeters: request.detail.outlineCellMeters, within: limit) else { return }
    for band in answer.bands.indices {
      try limit.check()
      let outlines = grid.outlines(ofBand: band)
      let radius = profile.roads.metersPerSecondMax * answer.bands[band].limitSeconds
      answer.bands[band].reachFactor =
        outlines.reduce(0) { $0 + $1.squareMeters } / (.pi * radius * radius)
      answer.bands[band].outlines = outlines.map { ReachOutline(exterior: $0.exterior, holes: $0.holes) }
    }
  }

  // MARK: What is cut off

  /// The roads that were reached at all before, and are no more.
  func addLoss(
    to answer: inout ReachAnswer, from before: ProfileSnapshot, to now: ProfileSnapshot, _ sweep: WeightSweep,
    _ sweeps: WorkspacePool<WeightSweep>
  ) throws(EngineError) {
    let ever = [Weight(Limits.reachSecondsMax * 1000) - 1]
    let reached = try RoadReach(direction, sites, limits: ever, in: now, with: sweep, within: limit)
    var lost = 0
    var (layersBefore, layersNow) = (layers, layers)
    var writer = ReachedRoadWriter(now.roads.network, box: request.detail.box)
    try sweeps.withWorkspace { sweep throws(EngineError) in
      let known = try RoadReach(direction, sites, limits: ever, in: before, with: sweep, within: limit)
      try forEachArc(of: now) { arc throws(EngineError) in
        for part in known.parts(of: arc, notOf: reached) where now.roads.network.isOnLand(part.piece) {
          lost += Int(now.roads.network.lengthCentimeters(of: part.piece, part.extent))
          if request.detail.roads { writer.add(part, on: arc) }
        }
        writer.finishRoad()
        try writer.checkCount()
        if layers.isEmpty { return }
        let segment = now.roads.network.arcCourse[arc].segment
        known.visitParts(of: arc) { layersBefore.add($0, of: segment) }
        reached.visitParts(of: arc) { layersNow.add($0, of: segment) }
      }
    }
    answer.lostLengthMeters = Double(lost) / 100
    answer.lostRoads = writer.roads
    answer.lostLayers = layersBefore.counts(withoutThoseOf: layersNow)
  }
}

extension RoadReach {
  /// What of an arc this one reaches and another one doesn't; the times are those of whole parts.
  fileprivate func parts(of arc: ArcID, notOf other: RoadReach) -> [ReachedPart] {
    let isSame =
      nearMilliseconds(of: arc) == other.nearMilliseconds(of: arc) && !hasNearEnd(arc)
      && snapshot.arcWeights[arc] == other.snapshot.arcWeights[arc] && snapshot.arcWeights[arc] < .infinity
    if isSame { return [] }
    var kept: [PieceID: [ClosedRange<UInt32>]] = [:]
    other.visitParts(of: arc) { kept[$0.piece, default: []].append($0.extent) }
    var lost: [ReachedPart] = []
    visitParts(of: arc) { part in
      for extent in part.extent.without(kept[part.piece] ?? []) {
        var part = part
        part.extent = extent
        lost.append(part)
      }
    }
    return lost
  }
}

extension ClosedRange<UInt32> {
  /// What of a range lies in none of some others.
  fileprivate func without(_ others: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    others.reduce([self]) { rest, other in
      rest.flatMap { part -> [ClosedRange<UInt32>] in
        guard other.lowerBound < part.upperBound, other.upperBound > part.lowerBound else { return [part] }
        var left: [ClosedRange<UInt32>] = []
        if part.lowerBound < other.lowerBound { left.append(part.lowerBound...other.lowerBound) }
        if other.upperBound < part.upperBound { left.append(other.upperBound...part.upperBound) }
        return left
      }
    }
  }
}
