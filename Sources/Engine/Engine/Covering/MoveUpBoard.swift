import API
import Dispatching
import Fleet
import Foundation
import Geometry
import Hierarchy
import Profiles
import RoadGraph
import Traffic

/// The posts, the demand and the vehicles of a question about moves, and what is covered from where.
struct MoveUpBoard {
  let request: MoveUpRequest
  let state: EngineState
  let posts: [Post]
  let demand: Demand
  let limit: WorkLimit
  /// By profile.
  let profiles: [ProfileSnapshot]
  let goals: [[MatrixSites]]
  private let layer: KeptLayer
  private let starts: [[MatrixSites]]
  private let engine: TocsinEngine
  /// Where each point of demand is, for each profile: found when it is first asked for.
  private let columns: Columns

  /// A vehicle as posts see it: what it covers from there differs by profile and turnout.
  struct Vehicle: Hashable {
    var profile: Int
    var turnoutMilliseconds: Weight
  }

  private final class Columns {
    var byProfile: [Int: MatrixSide<MatrixColumn>] = [:]
  }

  init(
    _ request: MoveUpRequest, _ posts: [Post], _ names: [String], on engine: TocsinEngine, in state: EngineState,
    within limit: WorkLimit
  ) throws(EngineError) {
    (self.request, self.posts, self.engine) = (request, posts, engine)
    (self.state, self.limit, columns) = (state, limit, Columns())
    profiles = try names.map { name throws(EngineError) in
      try engine.profileSnapshot(name, of: state.snapshot)
    }
    layer = try state.layers.layer(request.demandLayer)
    demand = try engine.demands.demand(layer, for: profiles, in: state, engine.sites, within: limit)
    let places = posts.map(\.place)
    goals = try profiles.map { profile throws(EngineError) in
      try engine.postGoals.sites(of: places, for: profile, in: state, engine.sites, within: limit)
    }
    starts = try profiles.map { profile throws(EngineError) in
      try engine.postStarts.sites(of: places, for: profile, in: state, engine.sites, within: limit)
    }
  }

  /// Of the points of demand; 0 for those off the map.
  var weights: [Double] {
    demand.points.indices.map { point in isOnMap(point) ? demand.points[point].weight : 0 }
  }

  func isOnMap(_ point: Int) -> Bool { demand.sites.contains { $0[point] != nil } }

  /// Posts that no profile can drive to.
  var offMapPostIDs: [String] {
    posts.indices.filter { post in goals.allSatisfy { $0[post].site == nil } }.map { posts[$0].id }
  }

  /// `nil` for traffic that nobody else sees.
  private var version: UInt64? { request.whatIf.isEmpty ? state.snapshot.version : nil }

  // MARK: What is covered

  /// From each post by a vehicle that waits there.
  func postCovers(of vehicle: Vehicle) throws(EngineError) -> [MoveUpQuestion.Cover] {
    let near = try postSets(of: vehicle, within: request.limitSeconds)
    guard let seconds = request.farLimitSeconds else { return near.map { .init($0) } }
    return zip(near, try postSets(of: vehicle, within: seconds)).map { .init($0, far: $1) }
  }

  private func postSets(of vehicle: Vehicle, within seconds: Double) throws(EngineError) -> [CoverSet] {
    let travel = Self.travelMilliseconds(seconds, turnout: vehicle.turnoutMilliseconds)
    let key = CoverCache.Key(
      profile: profiles[vehicle.profile].roads.profile.name, travelMilliseconds: travel, layer: layer.layer.name)
    let starts = Dictionary(zip(posts.map(\.place), starts[vehicle.profile])) { first, _ in first }
    return try engine.covers.sets(of: posts.map(\.place), key, layer, version: version) {
      places throws(EngineError) in
      let rows = places.map { place in
        starts[place]?.site.map { MatrixRow(from: $0, in: profiles[vehicle.profile], within: limit) }
      }
      return try sets(from: rows, vehicle.profile, within: [travel]).map { $0[0] }
    }
  }

  /// From where a unit is on the road.
  func cover(of unit: StationedUnit, profile: Int) throws(EngineError) -> MoveUpQuestion.Cover {
    let roads = profiles[profile].roads
    let turnout = Weight(saturating: roads.profile.turnoutSeconds(of: unit) * 1000)
    let limits = [request.limitSeconds, request.farLimitSeconds ?? request.limitSeconds].map {
      Self.travelMilliseconds($0, turnout: turnout)
    }
    let row = MatrixRow(from: unit.starts.map(\.place), in: profiles[profile], within: limit)
    let found = try sets(from: [row], profile, within: limits)[0]
    return .init(found[0], far: found[1])
  }

  private static func travelMilliseconds(_ seconds: Double, turnout: Weight) -> Weight {
    let milliseconds = Weight((seconds * 1000).rounded(.down))
    return milliseconds - min(milliseconds, turnout)
  }

  /// This many weights are looked at at once.
  private static let cellsAtOnce = 1 << 20

  /// The points within some limits of each row. O(rows / 8) sweeps.
  private func sets(
    from rows: [MatrixRow?], _ profile: Int, within limits: [Weight]
  ) throws(EngineError) -> [[CoverSet]] {
    let columns = try columns(of: profile)
    let count = demand.points.count
    let step = max(Self.cellsAtOnce / max(count, 1) / WideSweep.rowsMax, 1) * WideSweep.rowsMax
    var sets: [[CoverSet]] = []
    for first in stride(from: 0, to: rows.count, by: step) {
      try limit.check()
      let some = Array(rows[first..<min(first + step, rows.count)])
      let weights = try MatrixSearch(
        rows: MatrixSide(some), columns: columns, snapshot: profiles[profile], limit: limit
      ).placeWeights(by: engine.manyToMany)
      for row in some.indices {
        sets.append(
          limits.map { limit in
            // Without any time left not even what is at the doors is in time.
            CoverSet(limit == 0 ? [] : (0..<count).filter { weights[row * count + $0] <= limit }, of: count)
          })
      }
    }
    return sets
  }

  private func columns(of profile: Int) throws(EngineError) -> MatrixSide<MatrixColumn> {
    if let known = columns.byProfile[profile] { return known }
    let side = MatrixSide(
      try demand.sites[profile].map { site throws(EngineError) -> MatrixColumn? in
        guard let site else { return nil }
        try limit.check()
        return MatrixColumn(to: site, in: profiles[profile], within: limit)
      })
    columns.byProfile[profile] = side
    return side
  }

  // MARK: How far it is

  /// For each unit of a profile, to each post.
  func drives(of units: [StationedUnit], profile: Int) throws(EngineError) -> [[Int64?]] {
    let snapshot = profiles[profile]
    let found = try engine.drives.drives(
      of: units, to: posts.map(\.place), profile: snapshot.roads.profile.name, version: version
    ) { units throws(EngineError) -> [[Weight]] in
      let rows = units.map { MatrixRow(from: $0.starts.map(\.place), in: snapshot, within: limit) }
      let goals = goals[profile]
      let search = MatrixSearch(
        rows: MatrixSide(rows),
        columns: MatrixSide(
          goals.map { $0.site.map { site in MatrixColumn(to: site, in: snapshot, within: limit) } }),
        snapshot: snapshot, limit: limit)
      let weights = try search.placeWeights(by: engine.manyToMany)
      return units.indices.map { Array(weights[$0 * goals.count..<($0 + 1) * goals.count]) }
    }
    return found.map { row in row.map { Self.isDrive($0) ? Int64($0) : nil } }
  }

  /// False where there is no way but by a last resort.
  private static func isDrive(_ weight: Weight) -> Bool { Double(weight) < Reluctance.secondsPerUse * 1000 }
}
