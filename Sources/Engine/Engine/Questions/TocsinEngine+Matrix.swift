import API
import Hierarchy
import Traffic

/// The travel times between many places.
extension TocsinEngine {
  /// More ways aren't unpacked one by one.
  private static let unpackedWaysMax = 10_000

  public func matrix(_ request: MatrixRequest, within limit: WorkLimit) throws(EngineError) -> MatrixAnswer {
    try matrix(request, unpackingAtMost: Self.unpackedWaysMax, within: limit)
  }

  func matrix(
    _ request: MatrixRequest, unpackingAtMost unpackedMax: Int, within limit: WorkLimit
  ) throws(EngineError) -> MatrixAnswer {
    try Validation.matrix(request)
    return try withTraffic(of: request.whatIf, at: request.departAt, for: request.profile, within: limit) {
      state throws(EngineError) in
      let profile = try profileSnapshot(request.profile, of: state.snapshot)
      let origins = try matrixSites(request.origins, .origin, request, on: profile, within: limit)
      let destinations = try matrixSites(request.destinations, .destination, request, on: profile, within: limit)
      var answer = MatrixAnswer(
        version: state.snapshot.version, origins: snapped(origins), destinations: snapped(destinations))
      answer.basis = state.basis
      let search = MatrixSearch(
        rows: try MatrixSide(origins) { site throws(EngineError) in
          try limit.check()
          return MatrixRow(from: site, in: profile, within: limit)
        },
        columns: try MatrixSide(destinations) { site throws(EngineError) in
          try limit.check()
          return MatrixColumn(to: site, in: profile, within: limit)
        },
        snapshot: profile, limit: limit)
      let measuring = MatrixSearch.Measuring(wantsLengths: request.wantsLengths, unpackedMax: unpackedMax) {
        [self] search throws(EngineError) in
        try MatrixMeasures(
          of: search, version: state.snapshot.origin == .published ? state.snapshot.version : nil,
          wantsLengths: request.wantsLengths, by: pathAmounts, with: measuredSweeps)
      }
      answer.add(try search.cells(by: manyToMany, unpackingWith: paths, measuring), request)
      return answer
    }
  }

  /// The roads of each place.
  private func matrixSites(
    _ places: [Place], _ role: SiteRole, _ request: MatrixRequest, on profile: ProfileSnapshot, within limit: WorkLimit
  ) throws(EngineError) -> [MatrixSites] {
    try places.map { place throws(EngineError) in
      try limit.check()
      return sites.matrixSites(place, role, on: profile.roads, within: request.reach)
    }
  }

  private func snapped(_ places: [MatrixSites]) -> [SnappedPlace?] {
    places.map { $0.site.map { sites.snappedPlace($0.candidates[0]) } }
  }
}

extension MatrixAnswer {
  /// Takes the cells of a search; those that take too long have no way.
  fileprivate mutating func add(_ cells: [MatrixCell?], _ request: MatrixRequest) {
    let millisecondsMax = request.travelSecondsMax.map { $0 * 1000 } ?? .infinity
    travelSeconds.reserveCapacity(cells.count)
    for (number, cell) in cells.enumerated() {
      guard let cell, Double(cell.milliseconds) <= millisecondsMax else {
        travelSeconds.append(Self.noWay)
        if request.wantsLengths { lengthMeters.append(Self.noWay) }
        continue
      }
      travelSeconds.append(Double(cell.milliseconds) / 1000)
      if request.wantsLengths { lengthMeters.append(cell.lengthMeters) }
      if cell.isLastResort { lastResorts.append(UInt32(number)) }
    }
  }
}
