import API
import Fleet
import RoadGraph
import Traffic

/// The units of one profile, by where they stand: their ways to places near them no sweep finds, as these lead along
/// their own arc, stay inside a closed stretch, or are none at one junction.
struct UnitNeighbours {
  /// A unit, and the first one with its crew.
  typealias Member = (unit: Int, crew: Int)

  private var byCourse: [ArcCourse: [Member]] = [:]
  private var byJunction: [VertexID: [Member]] = [:]
  /// On roads with traffic: they may turn round before a barrier, or stand behind one.
  private var amidTraffic: [Member] = []

  mutating func add(_ unit: Int, crew: Int, _ stationed: StationedUnit, in snapshot: ProfileSnapshot) {
    let network = snapshot.roads.network
    var isAmidTraffic = false
    for place in stationed.starts.map(\.place) {
      byCourse[network.arcCourse[place.arc], default: []].append((unit, crew))
      if let junction = network.vertex(at: place.position) { byJunction[junction, default: []].append((unit, crew)) }
      if snapshot.isAffected(place.arc) || snapshot.arcWeights[place.arc] == .infinity { isAmidTraffic = true }
    }
    if isAmidTraffic { amidTraffic.append((unit, crew)) }
  }

  /// The units that may be near some places; one may be named several times.
  func members(near places: [RoadPlace], in network: RoadNetwork) -> [Member] {
    places.reduce(amidTraffic) { members, place in
      members + (byCourse[network.arcCourse[place.arc]] ?? [])
        + (network.vertex(at: place.position).flatMap { byJunction[$0] } ?? [])
    }
  }
}

/// Who comes to a place when.
extension RoadCoverage {
  /// A unit that comes to a place.
  struct Comer {
    /// Among all units; of those with one crew the first.
    var unit: Int
    var milliseconds: Weight
  }

  /// The units that come to a place, the earliest first, no more than were asked for.
  ///
  /// Each comes when a route of its own takes it there. O(roads of the place x depth), and a look at each unit near it.
  ///
  /// - Parameter sites: the place on the roads of each profile, in their order; `nil` where none is near.
  func comers(to sites: [Site?], within limit: WorkLimit) throws(EngineError) -> [Comer] {
    var earliest: [Int: Weight] = [:]
    for (group, site) in zip(groups, sites) {
      guard let site else { continue }
      try limit.check()
      let search = TripSearch(to: site.places, in: group.snapshot, within: limit)
      for target in search.targets {
        for number in 0..<depth {
          guard let entry = group.sweep.entry(number, at: target.arc) else { break }
          let crew = Int(entry.group)
          earliest[crew] = min(earliest[crew] ?? .infinity, entry.weight.adding(target.offset))
        }
      }
      for member in group.neighbours.members(near: site.places, in: group.snapshot.roads.network) {
        for start in units[member.unit].unit.starts {
          guard let trip = search.nearTrip(from: TripOrigin(start.place)) else { continue }
          let milliseconds = trip.weight.adding(units[member.unit].startMilliseconds)
          earliest[member.crew] = min(earliest[member.crew] ?? .infinity, milliseconds)
        }
      }
    }
    let comers = earliest.filter { $0.value < .infinity }.map { Comer(unit: $0.key, milliseconds: $0.value) }
    return Array(comers.sorted { ($0.milliseconds, $0.unit) < ($1.milliseconds, $1.unit) }.prefix(depth))
  }
}
