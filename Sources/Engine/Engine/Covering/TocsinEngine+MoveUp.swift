import API
import Dispatching
import Fleet
import Foundation
import Geometry
import Hierarchy
import Profiles
import RoadGraph
import Traffic

/// Which units should move to which posts.
extension TocsinEngine {
  public func moveUp(_ request: MoveUpRequest, within limit: WorkLimit) throws(EngineError) -> MoveUpAnswer {
    try Validation.moveUp(request, limits)
    return try withTraffic(of: request.whatIf, within: limit) { state throws(EngineError) in
      let posts = try posts(request, in: state)
      let moment = now()
      let muster = try Muster(state.fleet, request.units, in: state.snapshot, sites, at: moment, within: limit)
      let movers = try movers(request, muster, PostFinder(posts), in: state, at: moment)
      let names = movers.isEmpty ? profileNames : Set(movers.map(\.entry.unit.profile)).sorted()
      let board = try MoveUpBoard(request, posts, names, on: self, in: state, within: limit)
      let question = try question(movers, on: board)
      var answer = MoveUpAnswer(
        version: state.snapshot.version, demand: board.demand.summary, busyShare: question.terms.busyShare)
      answer.leftOut = Self.leftOut(muster, besides: movers)
      (answer.unitCount, answer.postCount) = (movers.count, posts.count)
      answer.offMapPostIDs = board.offMapPostIDs
      answer.isFeltTime = board.profiles.contains { $0.roads.profile.reluctance.largest > 1 }
      let choice: MoveUpChoice
      if request.targetPostIDs.isEmpty {
        choice = try MoveUpChoice(question) { () throws(EngineError) in try limit.check() }
      } else {
        let targets = request.targetPostIDs.compactMap { id in posts.firstIndex { $0.id == id } }
        let filling = PostFilling(targets, question)
        answer.unfilledPostIDs = filling.unfilled.map { posts[$0].id }
        choice = MoveUpChoice(question, filling: filling.seats)
      }
      let writer = MoveUpWriter(board: board, movers: movers, choice: choice)
      try writer.write(to: &answer, in: map.network)
      return answer
    }
  }

  /// - Throws: `NO_POSTS`, `UNKNOWN_POST`, `UNKNOWN_UNIT`.
  private func posts(_ request: MoveUpRequest, in state: EngineState) throws(EngineError) -> [Post] {
    let posts = request.posts.isEmpty ? state.posts.sorted : request.posts
    if posts.isEmpty { throw EngineError(.noPosts, "no post is known, and none is given") }
    let room = Dictionary(uniqueKeysWithValues: posts.map { ($0.id, $0.capacity) })
    let wanted = Dictionary(request.targetPostIDs.map { ($0, 1) }, uniquingKeysWith: +)
    for id in request.targetPostIDs {
      guard let capacity = room[id] else { throw .unknownPost(id) }
      guard wanted[id, default: 0] <= capacity else {
        throw EngineError(.invalidPost, "the post has room for \(capacity) units", value: id)
      }
    }
    for id in request.stayingUnitIDs where state.fleet[id] == nil {
      throw EngineError(.unknownUnit, "no unit has this id", value: id)
    }
    return posts
  }

  // MARK: Who counts

  /// A unit that counts.
  struct Mover {
    var entry: Muster.Entry
    /// The post at which it stands, or to which it is under way.
    var post: Int?
    var isStaying: Bool
    var cameFrom: Int?
  }

  /// Idle units by id, and those under way to a post, who count there.
  private func movers(
    _ request: MoveUpRequest, _ muster: Muster, _ posts: PostFinder, in state: EngineState, at moment: Date
  ) throws(EngineError) -> [Mover] {
    let staying = Set(request.stayingUnitIDs)
    let idle = muster.mayGo.map { entry in
      let unit = entry.stationed.unit
      let covered = unit.task.flatMap { posts.position(ofID: $0.postID) }
      return Mover(
        entry: entry, post: covered ?? posts.position(near: unit.coordinate), isStaying: staying.contains(unit.id),
        cameFrom: context.postMoves.origin(of: unit.id, among: posts, at: moment))
    }
    let underWay = muster.busy.compactMap { entry -> Mover? in
      guard entry.unit.isUnderWayToPost, let post = entry.unit.task.flatMap({ posts.position(ofID: $0.postID) })
      else { return nil }
      return Mover(entry: entry, post: post, isStaying: true)
    }
    // Of a crew that has several vehicles the first by id counts.
    var crews: Set<String> = []
    let movers = (idle + underWay).sorted { $0.entry.unit.id < $1.entry.unit.id }.filter { mover in
      mover.entry.unit.crewID.isEmpty || crews.insert(mover.entry.unit.crewID).inserted
    }
    try Validation.atMost(Limits.moveUpUnitsMax, "moveup_units", movers.count, "too many units")
    return movers
  }

  private static func leftOut(_ muster: Muster, besides movers: [Mover]) -> [LeftOutReason: Int] {
    let counted = Set(movers.map(\.entry.unit.id))
    let absent = muster.absent.filter { !counted.contains($0.unit.id) }.map(\.reason)
    let doubles = muster.mayGo.filter { !counted.contains($0.unit.id) }.map { _ in LeftOutReason.crew }
    return Dictionary((absent + doubles).map { ($0, 1) }, uniquingKeysWith: +)
  }

  // MARK: What is asked

  private func question(_ movers: [Mover], on board: MoveUpBoard) throws(EngineError) -> MoveUpQuestion {
    let numbers = Dictionary(
      uniqueKeysWithValues: board.profiles.enumerated().map { ($1.roads.profile.name, $0) })
    let kinds = movers.compactMap { mover in
      numbers[mover.entry.unit.profile].map { profile in
        let seconds = mover.entry.unit.turnoutSeconds ?? board.profiles[profile].roads.profile.turnoutSeconds
        return MoveUpBoard.Vehicle(profile: profile, turnoutMilliseconds: Weight(saturating: seconds * 1000))
      }
    }
    let vehicles = Array(Set(kinds)).sorted {
      ($0.profile, $0.turnoutMilliseconds) < ($1.profile, $1.turnoutMilliseconds)
    }
    try Validation.atMost(
      Limits.moveUpVehiclesMax, "moveup_vehicles", vehicles.count, "too many vehicles that differ by profile or turnout"
    )
    let covers = try vehicles.map { vehicle throws(EngineError) in try board.postCovers(of: vehicle) }
    let posts = board.posts.enumerated().map { number, post in
      MoveUpQuestion.Post(
        id: post.id, capacity: post.capacity, agencies: Set(post.agencies), keep: post.keep,
        covers: covers.map { $0[number] })
    }
    let drives = try drives(of: movers, kinds, on: board)
    let units = try movers.enumerated().map { number, mover throws(EngineError) in
      let (kind, known) = (kinds[number], mover.entry.unit)
      let vehicle = vehicles.firstIndex(of: kind) ?? 0
      let post = mover.post.flatMap { board.goals[kind.profile][$0].site == nil ? nil : $0 }
      let cover: MoveUpQuestion.Cover
      if let post {
        cover = posts[post].covers[vehicle]
      } else {
        cover = try board.cover(of: mover.entry.stationed, profile: kind.profile)
      }
      var unit = MoveUpQuestion.Unit(
        id: known.id, agency: known.agency, capabilities: Set(known.capabilities), vehicle: vehicle, post: mover.post,
        cover: cover, travelMilliseconds: drives[number])
      (unit.isStaying, unit.cameFrom) = (mover.isStaying, mover.cameFrom)
      return unit
    }
    return MoveUpQuestion(units, posts, weights: board.weights, MoveUpQuestion.Terms(board.request))
  }

  /// Of each unit, to each post.
  private func drives(
    of movers: [Mover], _ kinds: [MoveUpBoard.Vehicle], on board: MoveUpBoard
  ) throws(EngineError) -> [[Int64?]] {
    var drives = [[Int64?]](repeating: [], count: movers.count)
    for profile in board.profiles.indices {
      let numbers = movers.indices.filter { kinds[$0].profile == profile }
      let found = try board.drives(of: numbers.map { movers[$0].entry.stationed }, profile: profile)
      for (number, row) in zip(numbers, found) { drives[number] = row }
    }
    return drives
  }
}

extension ResponseUnit {
  /// True if it moves up, and does nothing else.
  fileprivate var isUnderWayToPost: Bool {
    guard let task, !task.postID.isEmpty, task.incidentID.isEmpty else { return false }
    return [.dispatched, .enRoute, .returning].contains(status)
  }
}

extension MoveUpQuestion.Terms {
  fileprivate init(_ request: MoveUpRequest) {
    self.init()
    objective = request.objective
    busyShare = request.busyShare ?? MoveUpRequest.busyShareDefault
    (movesMax, gainShareMin) = (request.movesMax, request.gainShareMin)
    travelMillisecondsMax = Int64((request.relocationSecondsMax * 1000).rounded())
  }
}

/// Writes what was chosen into an answer.
private struct MoveUpWriter {
  let board: MoveUpBoard
  let movers: [TocsinEngine.Mover]
  let choice: MoveUpChoice

  func write(to answer: inout MoveUpAnswer, in network: RoadNetwork) throws(EngineError) {
    (answer.before, answer.after) = (shares(of: choice.before), shares(of: choice.after))
    answer.moves = choice.moves.map(move)
    if let (refused, refusal) = choice.bestRefused {
      (answer.bestRefused, answer.refusedFor) = (move(refused), refusal)
    }
    var gaps = GapFinder()
    for (point, count) in choice.after.counts.enumerated() where count == 0 && board.isOnMap(point) {
      let nearest = board.demand.sites(of: point).compactMap(\.self).first?.candidates[0]
      let known = board.demand.points[point]
      gaps.add(
        GapFinder.Part(
          coordinate: known.coordinate, amount: known.weight,
          way: nearest.flatMap { network.way(of: $0.position.piece) }, first: nil))
    }
    let largest = try gaps.largest(board.request.gapCount) { () throws(EngineError) in try board.limit.check() }
    answer.gapsAfter = largest.map { gap in
      var listed = CoverageGap(
        name: gap.heaviest.way.map { network.texts[network.ways[$0].name] } ?? "",
        coordinate: gap.heaviest.coordinate, lengthMeters: 0, seconds: nil, unitID: "")
      listed.demandWeight = gap.amount
      return listed
    }
  }

  private func shares(of cover: ExpectedCover) -> CoverShares {
    var shares = CoverShares()
    shares.barePointCount = cover.counts.indices.count { cover.counts[$0] == 0 && board.isOnMap($0) }
    guard cover.total > 0 else { return shares }
    shares.covered = cover.weight(coveredBy: 1) / cover.total
    shares.expected = cover.value / cover.total
    shares.twice = cover.weight(coveredBy: 2) / cover.total
    return shares
  }

  private func move(_ move: MoveUpChoice.Move) -> PostMove {
    let (unit, posts) = (movers[move.unit].entry.stationed.unit, board.posts)
    var written = PostMove(
      unitID: unit.id, fromPostID: move.from.map { posts[$0].id } ?? "", toPostID: posts[move.to].id,
      from: unit.coordinate, to: posts[move.to].place.coordinate,
      travelSeconds: Double(move.travelMilliseconds) / 1000)
    written.gainWeight = move.gain.weight
    written.gainShare = choice.before.total > 0 ? move.gain.weight / choice.before.total : 0
    (written.originShareBefore, written.originShareAfter) = (move.originShareBefore, move.originShareAfter)
    return written
  }
}
