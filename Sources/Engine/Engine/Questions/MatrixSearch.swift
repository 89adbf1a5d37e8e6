import API
import Hierarchy
import Profiles
import RoadGraph
import Traffic

/// The way between two places of a matrix.
struct MatrixCell {
  var milliseconds: Int
  /// 0 unless lengths are wanted.
  var lengthMeters = 0.0
  var isLastResort = false
}

/// The roads that a place of a matrix means; none if it lies off the map.
struct MatrixSites {
  var site: Site?
  /// Those of an island nearer to it: they count where a way leads between both ends.
  var island: Site?
}

/// An origin: where its ways begin.
struct MatrixRow {
  let origins: [TripOrigin]
  let terminals: [Terminal]
  /// The arcs on which it meets destinations that are near; see ``TripSearch/nearEnds(of:)``.
  let nearArcs: Set<ArcID>
  /// The junctions at which it lies.
  let junctions: Set<VertexID>
  let isInClosedStretch: Bool

  /// As ``terminals``.
  let departures: [TripSearch.Departure]

  /// True if all that is driven before the searches begin is open road ahead.
  let isOnOpenRoad: Bool

  init(from site: Site, in snapshot: ProfileSnapshot, within limit: WorkLimit) {
    self.init(from: site.places, in: snapshot, within: limit)
  }

  init(from places: [RoadPlace], in snapshot: ProfileSnapshot, within limit: WorkLimit) {
    let search = TripSearch(to: [], in: snapshot, within: limit)
    origins = places.map { TripOrigin($0) }
    departures = origins.enumerated().flatMap { search.departuresOffArc(from: $1, number: $0) }
    terminals = departures.map { Terminal($0.arc, offset: Weight(max(0, $0.lead))) }
    isOnOpenRoad = places.allSatisfy { snapshot.parts.costToHead(of: $0.arc, from: $0.position).isPassable }
    nearArcs = Set(origins.flatMap(search.nearEnds(of:)).map(\.arc))
    junctions = Set(places.compactMap { snapshot.roads.network.vertex(at: $0.position) })
    isInClosedStretch = places.contains { place in
      [place.arc, snapshot.roads.network.reverse(of: place.arc)].compactMap(\.self)
        .contains { snapshot.isInClosedStretch(place.position, on: $0) }
    }
  }
}

/// A destination: where its ways end.
struct MatrixColumn {
  let search: TripSearch
  let terminals: [Terminal]
  let nearArcs: Set<ArcID>

  /// True if all that is driven after the searches end is open road.
  var isOnOpenRoad: Bool { search.arrivals.allSatisfy { $0.arcsInside.isEmpty && $0.edge == nil } }

  init(to site: Site, in snapshot: ProfileSnapshot, within limit: WorkLimit) {
    search = TripSearch(to: site.places, in: snapshot, within: limit)
    (terminals, nearArcs) = (search.targets, Set(search.nearEnds.map(\.arc)))
  }
}

/// All origins, or all destinations: one end for each place, then one more for each that lies nearer to an island.
struct MatrixSide<End> {
  private(set) var ends: [End?]
  /// For each place the position of its end on an island.
  private(set) var islands: [Int?]

  /// Ends without islands; `nil` for a place off the map.
  init(_ ends: [End?]) { (self.ends, islands) = (ends, ends.map { _ in nil }) }

  init(_ places: [MatrixSites], _ end: (Site) throws(EngineError) -> End) throws(EngineError) {
    (ends, islands) = ([], [])
    for place in places { ends.append(try place.site.map { site throws(EngineError) in try end(site) }) }
    for place in places {
      guard let island = place.island else {
        islands.append(nil)
        continue
      }
      islands.append(ends.count)
      ends.append(try end(island))
    }
  }

  var placeCount: Int { islands.count }
}

/// The ways between all origins and all destinations of a matrix: each the one that a route takes.
///
/// Weights come from one search for many ends. What it doesn't find is along one arc or inside a closed region, and is
/// looked at where two ends meet. Ways whose time isn't their weight, or whose length is wanted, are unpacked one by
/// one if they are few, and else measured by sweeps.
struct MatrixSearch {
  let rows: MatrixSide<MatrixRow>
  let columns: MatrixSide<MatrixColumn>
  let snapshot: ProfileSnapshot
  let limit: WorkLimit

  /// What else the ways of many pairs take.
  struct Measuring {
    let wantsLengths: Bool
    /// How many ways are unpacked one by one at most.
    let unpackedMax: Int
    /// Measures all ways at once.
    let measure: (MatrixSearch) throws(EngineError) -> MatrixMeasures
  }

  /// The cells, row by row; `nil` where there is no way.
  func cells(
    by search: ManyToMany, unpackingWith paths: WorkspacePool<PathQuery>, _ measuring: Measuring
  ) throws(EngineError) -> [MatrixCell?] {
    let (weights, near) = try weights(by: search)
    let ends = try chosenEnds(weights)
    let isLong = { (cell: Int) in weights[cell] < .infinity && (measuring.wantsLengths || !isTime(weights[cell])) }
    let longCount = ends.count(where: isLong)
    let measures = try longCount > measuring.unpackedMax ? measuring.measure(self) : nil
    return try paths.withWorkspace { query throws(EngineError) in
      var cells: [MatrixCell?] = []
      cells.reserveCapacity(ends.count)
      for cell in ends {
        if !isLong(cell) {
          cells.append(weights[cell] < .infinity ? MatrixCell(milliseconds: Int(weights[cell])) : nil)
        } else if let measures, !near.contains(cell), isOnOpenRoad(cell) {
          cells.append(measured(cell, weights[cell], measures))
        } else {
          try limit.check()
          cells.append(unpacked(cell, query))
        }
      }
      return cells
    }
  }

  /// The cells of a few pairs of places, row by row: ways whose time isn't their weight are unpacked.
  func cells(by search: ManyToMany, unpackingWith paths: WorkspacePool<PathQuery>) throws(EngineError) -> [MatrixCell?]
  {
    let (weights, _) = try weights(by: search)
    let ends = try chosenEnds(weights)
    return try paths.withWorkspace { query throws(EngineError) in
      try ends.map { cell throws(EngineError) -> MatrixCell? in
        guard weights[cell] < .infinity else { return nil }
        if isTime(weights[cell]) { return MatrixCell(milliseconds: Int(weights[cell])) }
        try limit.check()
        return unpacked(cell, query)
      }
    }
  }

  /// The weights of pairs of places, row by row: below a last resort's they are times.
  func placeWeights(by search: ManyToMany) throws(EngineError) -> [Weight] {
    let (weights, _) = try weights(by: search)
    return try chosenEnds(weights).map { weights[$0] }
  }

  /// For each pair of places the position, among all ends, of the weight that counts: that between their islands, if
  /// there is a way.
  private func chosenEnds(_ weights: [Weight]) throws(EngineError) -> [Int] {
    var ends: [Int] = []
    ends.reserveCapacity(rows.placeCount * columns.placeCount)
    for row in 0..<rows.placeCount {
      try limit.check()
      for column in 0..<columns.placeCount {
        let onIsland = position(rows.islands[row] ?? row, columns.islands[column] ?? column)
        ends.append(weights[onIsland] < .infinity ? onIsland : position(row, column))
      }
    }
    return ends
  }

  private func position(_ row: Int, _ column: Int) -> Int { row * columns.ends.count + column }

  private func row(of cell: Int) -> MatrixRow? { rows.ends[cell / columns.ends.count] }
  private func column(of cell: Int) -> MatrixColumn? { columns.ends[cell % columns.ends.count] }

  private func isOnOpenRoad(_ cell: Int) -> Bool {
    row(of: cell)?.isOnOpenRoad == true && column(of: cell)?.isOnOpenRoad == true
  }

  /// True for the weight of a way that takes just as long.
  private func isTime(_ weight: Weight) -> Bool {
    snapshot.roads.profile.reluctance.largest <= 1 && Double(weight) < Reluctance.secondsPerUse * 1000
  }

  /// What is more than the time by a last resort or more has one.
  private func measured(_ cell: Int, _ weight: Weight, _ measures: MatrixMeasures) -> MatrixCell {
    let milliseconds = measures.milliseconds[cell]
    return MatrixCell(
      milliseconds: Int(milliseconds),
      lengthMeters: measures.centimeters.isEmpty ? 0 : Double(measures.centimeters[cell]) / 100,
      isLastResort: Double(weight) - Double(milliseconds) >= Reluctance.secondsPerUse * 1000)
  }

  private func unpacked(_ cell: Int, _ query: PathQuery) -> MatrixCell? {
    guard let origins = row(of: cell)?.origins, let search = column(of: cell)?.search,
      let trip = search.fastestTrip(from: origins, with: query)
    else { return nil }
    let route = RouteAssembly.line(of: trip, snapshot, detail: [])
    return MatrixCell(
      milliseconds: Int((route.travelSeconds * 1000).rounded()), lengthMeters: route.lengthMeters,
      isLastResort: route.needsLastResort)
  }

  // MARK: Weights

  /// Of each end of a row to each end of a column; and which of them are those of near ways.
  private func weights(by search: ManyToMany) throws(EngineError) -> (weights: [Weight], near: Set<Int>) {
    let found = search.weights(
      from: rows.ends.map { $0?.terminals ?? [] }, to: columns.ends.map { $0?.terminals ?? [] },
      metric: snapshot.metric
    ) { limit.isOver }
    guard var weights = found else {
      try limit.check()
      preconditionFailure("it ends before its end by the limit alone")
    }
    let near = try lowerNear(&weights)
    return (weights, near)
  }

  /// Lowers the weights between ends that are near each other, where the near way weighs no more.
  private func lowerNear(_ weights: inout [Weight]) throws(EngineError) -> Set<Int> {
    var columnsByArc: [ArcID: [Int]] = [:]
    var columnsByJunction: [VertexID: [Int]] = [:]
    var closedColumns: Set<Int> = []
    for (number, column) in columns.ends.enumerated() {
      for arc in column?.nearArcs ?? [] { columnsByArc[arc, default: []].append(number) }
      for junction in column?.search.junctions ?? [] { columnsByJunction[junction, default: []].append(number) }
      if column?.search.endsInClosedRegion == true { closedColumns.insert(number) }
    }
    var lowered: Set<Int> = []
    for (number, row) in rows.ends.enumerated() {
      guard let row else { continue }
      try limit.check()
      let near = Set(row.nearArcs.flatMap { columnsByArc[$0] ?? [] })
        .union(row.junctions.flatMap { columnsByJunction[$0] ?? [] })
      for column in row.isInClosedStretch ? near.union(closedColumns) : near {
        guard let search = columns.ends[column]?.search,
          let weight = row.origins.compactMap(search.nearTrip).map(\.weight).min(),
          weight <= weights[position(number, column)]
        else { continue }
        weights[position(number, column)] = weight
        lowered.insert(position(number, column))
      }
    }
    return lowered
  }
}
