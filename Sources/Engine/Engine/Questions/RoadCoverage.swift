import API
import Fleet
import Hierarchy
import Profiles
import RoadGraph
import Traffic

/// A unit that counts, and what passes before its wheels turn.
struct CoveringUnit {
  let unit: StationedUnit
  let startMilliseconds: Weight
}

/// A part of a road, and the units that come to all of it within some limit.
struct CoveredPart {
  var piece: PieceID
  var direction: SegmentDirection
  var extent: ClosedRange<UInt32>
  /// The earliest first, no more than were asked for. On the whole part the band of each is the same.
  var arrivals: [Arrival]

  struct Arrival {
    /// Among all units.
    var unit: Int
    /// The first limit within which it comes, from 0.
    var band: Int
    /// Where the part begins and where it ends.
    var beginMilliseconds: Weight
    var endMilliseconds: Weight
  }
}

/// Who comes to every road when: one sweep for each profile of the units, then a walk along each road.
///
/// Usable while its sweeps are.
struct RoadCoverage {
  /// The units of one profile.
  final class Group {
    let snapshot: ProfileSnapshot
    let sweep: Sweep
    let walker: ArcReach
    /// Where units stand on arcs.
    var standing: [ArcID: [(unit: Int, end: TripSearch.NearEnd)]] = [:]
    var neighbours = UnitNeighbours()

    init(snapshot: ProfileSnapshot, sweep: Sweep, walker: ArcReach) {
      (self.snapshot, self.sweep, self.walker) = (snapshot, sweep, walker)
    }

    /// By `ArcID`: what an arc weighs on which nobody stands and no traffic holds, and which doesn't remember where it
    /// was entered from; infinity of another one.
    fileprivate var orderlyWeights: [Weight] {
      var weights = snapshot.steadyWeights
      for arc in standing.keys { weights[arc.position] = .infinity }
      let courses = snapshot.roads.network.arcCourse.buffer
      // Shadows stand right behind their originals.
      for position in courses.indices.dropLast() where courses[position] == courses[position + 1] {
        weights[position] = .infinity
      }
      return weights
    }
  }

  let units: [CoveringUnit]
  /// The profiles of the units; the first one's roads are the roads.
  let snapshots: [ProfileSnapshot]
  private(set) var groups: [Group] = []
  /// By `ArcID`, if all units are of one profile: what an arc weighs along which they keep their order, as
  /// ``measure(_:centimeters:into:)`` says; infinity of another one.
  private var orderlyWeights: [Weight] = []
  let depth: Int
  private let limits: [Weight]
  let network: RoadNetwork

  /// - Parameters:
  ///   - snapshots: of one profile at least.
  ///   - depth: how many units are wanted at each road.
  ///   - limits: in milliseconds, ascending.
  ///   - sweeps: one for each profile of the units; they belong to the coverage from here on.
  /// - Throws: `CANCELLED`, `DEADLINE_EXCEEDED`.
  init(
    _ units: [CoveringUnit], in snapshots: [ProfileSnapshot], depth: Int, limits: [Weight], with sweeps: [Sweep],
    within limit: WorkLimit
  ) throws(EngineError) {
    (self.units, self.snapshots, self.depth, self.limits) = (units, snapshots, depth, limits)
    network = snapshots[0].roads.network
    let crews = Self.crews(of: units)
    let numbers = Dictionary(grouping: units.indices) { units[$0].unit.unit.profile }
    for (snapshot, sweep) in zip(snapshots, sweeps) {
      try limit.check()
      let group = Group(
        snapshot: snapshot, sweep: sweep, walker: ArcReach(.from, within: limits, in: snapshot))
      let search = TripSearch(to: [], in: snapshot, within: limit)
      var sources: [Sweep.Source] = []
      for number in numbers[snapshot.roads.profile.name] ?? [] {
        let start = units[number].startMilliseconds
        group.neighbours.add(number, crew: crews[number], units[number].unit, in: snapshot)
        for origin in units[number].unit.starts.map({ TripOrigin($0.place) }) {
          for departure in search.departuresOffArc(from: origin) {
            let offset = start.adding(Weight(max(0, min(departure.lead, Int64(Weight.infinity)))))
            sources.append(Sweep.Source(Terminal(departure.arc, offset: offset), group: UInt32(crews[number])))
          }
          for var end in search.nearEnds(of: origin) {
            end.weight = end.weight.adding(start)
            group.standing[end.arc, default: []].append((crews[number], end))
          }
        }
      }
      guard sweep.run(.from, sources, depth: depth, metric: snapshot.metric, isOver: { limit.isOver }) else {
        try limit.check()
        preconditionFailure("it ends before its end by the limit alone")
      }
      groups.append(group)
    }
    if groups.count == 1 { orderlyWeights = groups[0].orderlyWeights }
  }

  /// For each unit the first one that has its crew: units with one crew go out one at a time, and so count as one.
  private static func crews(of units: [CoveringUnit]) -> [Int] {
    var firstOfCrew: [String: Int] = [:]
    return units.enumerated().map { number, unit in
      let crew = unit.unit.unit.crewID
      guard !crew.isEmpty else { return number }
      defer { firstOfCrew[crew] = firstOfCrew[crew] ?? number }
      return firstOfCrew[crew] ?? number
    }
  }

  /// The units that come to the tail of an arc, the earliest first, no more than were asked for; those of all profiles.
  private func arrivals(at arc: ArcID, _ group: Group) -> [(unit: Int, milliseconds: Weight)] {
    let network = group.snapshot.roads.network
    var best: [(unit: Int, milliseconds: Weight)] = []
    for arc in network.arcs(along: network.arcCourse[arc]) {
      for number in 0..<depth {
        guard let entry = group.sweep.entry(number, at: arc) else { break }
        if let known = best.firstIndex(where: { $0.unit == Int(entry.group) }) {
          best[known].milliseconds = min(best[known].milliseconds, entry.weight)
        } else {
          best.append((Int(entry.group), entry.weight))
        }
      }
    }
    best.sort { ($0.milliseconds, $0.unit) < ($1.milliseconds, $1.unit) }
    return Array(best.prefix(depth))
  }

  /// The unit that comes to an arc first, and when it is at its tail; `nil` if none does.
  func first(at arc: ArcID) -> Comer? {
    var first: Comer?
    for group in groups {
      let network = group.snapshot.roads.network
      let earliest = network.arcs(along: network.arcCourse[arc]).lazy.compactMap { group.sweep.entry(0, at: $0) }
        .min { ($0.weight, $0.group) < ($1.weight, $1.group) }
      guard let earliest, first.map({ earliest.weight < $0.milliseconds }) ?? true else { continue }
      first = Comer(unit: Int(earliest.group), milliseconds: earliest.weight)
    }
    return first
  }

  // MARK: Along an arc

  /// Finds how far along an arc units come within each limit.
  ///
  /// All of them drive along it from its tail, so they keep their order, and each is measured for itself.
  ///
  /// - Parameter centimeters: what of the arc counts: something.
  /// - Returns: false if that is not so, and the arc has to be looked at piece by piece: somebody stands on it, traffic
  ///   holds on it, it remembers where it was entered from, or profiles differ.
  /// - Complexity: O(depth), and O(pieces) for each unit that a limit stops on the arc.
  func measure(_ arc: ArcID, centimeters: Int, into cover: inout ArcCover) -> Bool {
    cover.clear()
    guard !orderlyWeights.isEmpty, orderlyWeights[arc.position] < .infinity else { return false }
    let (group, weight) = (groups[0], orderlyWeights[arc.position])
    let arrivals = group.sweep.arrivals
    for number in 0..<depth {
      guard let entry = arrivals.entry(number, at: arc), let band = band(entry.weight) else { break }
      cover.add(Int(entry.group), from: band, isStopped: entry.weight.adding(weight) > limits[band])
    }
    if !cover.isStopped { return true }
    for number in 0..<cover.count {
      guard cover.isStopped(number), let entry = arrivals.entry(number, at: arc) else {
        cover.add(centimeters, of: number, from: cover.band(number))
        continue
      }
      // If it is one stretch, and something counts, all of it does.
      let isPlain = group.walker.visitLengths(ofPlain: arc, after: entry.weight) { band, length in
        cover.add(length, of: number, from: band)
      }
      if isPlain { continue }
      _ = group.walker.visitParts(of: arc, from: nil, to: nil, after: entry.weight) { part in
        guard network.isOnLand(part.piece) else { return }
        cover.add(Int(network.lengthCentimeters(of: part.piece, part.extent)), of: number, from: part.band)
      }
    }
    return true
  }

  private func band(_ milliseconds: Weight) -> Int? { limits.firstIndex { milliseconds <= $0 } }

  /// The parts of an arc to which somebody comes, piece by piece.
  func parts(of arc: ArcID) -> [CoveredPart] {
    var reached: [PieceID: [(unit: Int, part: ReachedPart)]] = [:]
    for group in groups {
      func add(_ unit: Int, from near: RoadPosition?, _ milliseconds: Weight) {
        _ = group.walker.visitParts(of: arc, from: near, to: nil, after: milliseconds) { part in
          reached[part.piece, default: []].append((unit, part))
        }
      }
      for (unit, milliseconds) in arrivals(at: arc, group) { add(unit, from: nil, milliseconds) }
      for (unit, end) in group.standing[arc] ?? [] { add(unit, from: end.position, end.weight) }
    }
    let network = snapshots[0].roads.network
    return network.pieceIDs(along: arc).flatMap { piece in
      reached[piece].map { Self.parts(of: piece, SegmentDirection(network.arcCourse[arc]), $0, depth) } ?? []
    }
  }

  /// Cuts a piece where the part of a unit begins or ends.
  private static func parts(
    of piece: PieceID, _ direction: SegmentDirection, _ reached: [(unit: Int, part: ReachedPart)], _ depth: Int
  ) -> [CoveredPart] {
    let cuts = Set(reached.flatMap { [$0.part.extent.lowerBound, $0.part.extent.upperBound] }).sorted()
    return zip(cuts, cuts.dropFirst()).compactMap { low, high -> CoveredPart? in
      var arrivals: [Int: CoveredPart.Arrival] = [:]
      for (unit, part) in reached where part.extent.lowerBound <= low && part.extent.upperBound >= high {
        let (begin, end) = part.times(between: low, high)
        if let known = arrivals[unit], known.beginMilliseconds <= begin { continue }
        arrivals[unit] = CoveredPart.Arrival(
          unit: unit, band: part.band, beginMilliseconds: begin, endMilliseconds: end)
      }
      guard !arrivals.isEmpty else { return nil }
      let sorted = arrivals.values.sorted {
        ($0.band, $0.beginMilliseconds, $0.unit) < ($1.band, $1.beginMilliseconds, $1.unit)
      }
      return CoveredPart(
        piece: piece, direction: direction, extent: low...high, arrivals: Array(sorted.prefix(depth)))
    }
  }
}

extension ReachedPart {
  /// The times where a part of this part begins and ends in the direction of travel, as if time went by evenly.
  fileprivate func times(between low: UInt32, _ high: UInt32) -> (begin: Weight, end: Weight) {
    let whole = Double(extent.upperBound - extent.lowerBound)
    let span = Double(endMilliseconds) - Double(beginMilliseconds)
    func time(_ fraction: UInt32) -> Weight {
      let along =
        direction == .forward ? fraction - extent.lowerBound : extent.upperBound - fraction
      return Weight((Double(beginMilliseconds) + span * Double(along) / max(whole, 1)).rounded())
    }
    return direction == .forward ? (time(low), time(high)) : (time(high), time(low))
  }
}
