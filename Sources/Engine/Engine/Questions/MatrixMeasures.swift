import API
import Hierarchy
import RoadGraph
import Traffic

/// Times and lengths of many ways at once, carried along the labels of sweeps: where unpacking each would take longer.
struct MatrixMeasures {
  /// Row by row; worth something where both ends lie on open road and the way isn't a near one.
  let milliseconds: [UInt32]
  let centimeters: [UInt32]

  /// - Parameters:
  ///   - version: of the traffic; `nil` for weights of a question's own.
  ///   - wantsLengths: whether lengths are measured, too.
  /// - Throws: `CANCELLED`, `DEADLINE_EXCEEDED`.
  /// - Complexity: one or two sweeps for each end of the shorter side.
  init(
    of search: MatrixSearch, version: UInt64?, wantsLengths: Bool, by cache: PathAmountsCache,
    with sweeps: WorkspacePool<MeasuredSweep>
  ) throws(EngineError) {
    func measured(_ kind: PathAmountKind) throws(EngineError) -> [UInt32] {
      let amounts = cache.amounts(kind, of: search.snapshot, version: version) { search.limit.isOver }
      guard let amounts else { throw Self.over(search.limit) }
      return try sweeps.withWorkspace { sweep throws(EngineError) in
        try Self.measured(kind, amounts, search, with: sweep)
      }
    }
    milliseconds = try measured(.milliseconds)
    centimeters = try wantsLengths ? measured(.centimeters) : []
  }

  private static func measured(
    _ kind: PathAmountKind, _ amounts: PathAmounts, _ search: MatrixSearch, with sweep: MeasuredSweep
  ) throws(EngineError) -> [UInt32] {
    let rows = search.rows.ends.map { $0?.measured(kind, in: search.snapshot) ?? [] }
    let columns = search.columns.ends.map { $0?.measured(kind, in: search.snapshot) ?? [] }
    let areRowsFewer = rows.count <= columns.count
    let (fixed, others) = areRowsFewer ? (rows, columns) : (columns, rows)
    var found = [UInt32](repeating: 0, count: rows.count * columns.count)
    for (number, terminals) in fixed.enumerated() where !terminals.isEmpty {
      let isWhole = sweep.run(areRowsFewer ? .from : .towards, terminals, amounts: amounts) { search.limit.isOver }
      guard isWhole else { throw over(search.limit) }
      for (other, terminals) in others.enumerated() {
        let (row, column) = areRowsFewer ? (number, other) : (other, number)
        found[row * columns.count + column] = amount(at: terminals, sweep)
      }
    }
    return found
  }

  /// The amount of the way of least weight to one of some terminals; 0 if there is none.
  private static func amount(at terminals: [MeasuredSweep.Terminal], _ sweep: MeasuredSweep) -> UInt32 {
    var best = (weight: Weight.infinity, amount: UInt32(0))
    for terminal in terminals {
      guard let way = sweep.way(at: terminal.arc) else { continue }
      let sum = (weight: way.weight.adding(terminal.offset), amount: way.amount &+ terminal.amount)
      if sum < best { best = sum }
    }
    return best.amount
  }

  private static func over(_ limit: WorkLimit) -> EngineError {
    do throws(EngineError) { try limit.check() } catch { return error }
    preconditionFailure("it ends before its end by the limit alone")
  }
}

extension MatrixRow {
  /// Where searches begin, each with the amount of what is driven before; none if not all of it is open road.
  fileprivate func measured(_ kind: PathAmountKind, in snapshot: ProfileSnapshot) -> [MeasuredSweep.Terminal] {
    guard isOnOpenRoad else { return [] }
    let network = snapshot.roads.network
    return zip(departures, terminals).map { departure, terminal in
      let origin = origins[departure.origin].place
      let turn = network.turns(from: origin.arc).filter { network.turnHead[$0] == departure.arc }
        .min { snapshot.turnWeight($0, from: origin.arc) < snapshot.turnWeight($1, from: origin.arc) }
      let ahead = snapshot.amount(kind, toHeadOf: origin.arc, from: origin.position)
      let turning = turn.map { snapshot.amount(kind, of: $0, from: origin.arc) } ?? 0
      return MeasuredSweep.Terminal(terminal.arc, offset: terminal.offset, amount: ahead &+ turning)
    }
  }
}

extension MatrixColumn {
  /// Where searches end, each with the amount of what is driven behind; none if not all of it is open road.
  fileprivate func measured(_ kind: PathAmountKind, in snapshot: ProfileSnapshot) -> [MeasuredSweep.Terminal] {
    guard isOnOpenRoad else { return [] }
    return search.arrivals.map { arrival in
      let amount = snapshot.amount(kind, fromTailOf: arrival.terminal.arc, to: arrival.place.position)
      return MeasuredSweep.Terminal(arrival.terminal.arc, offset: arrival.terminal.offset, amount: amount)
    }
  }
}
