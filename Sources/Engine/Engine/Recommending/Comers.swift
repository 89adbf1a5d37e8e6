import API
import Dispatching
import Traffic

/// The units that can come to one incident, of those that may go, and when.
struct Comers {
  /// Of each of the muster that may go; `nil` for one that can't come, or that enough others are before.
  let arrivals: [Arrival?]
  /// Those that can't come.
  private(set) var absent: [AbsentUnit] = []
  /// Units that could come, and that enough others are before.
  private(set) var outrankedCount = 0

  /// - Parameters:
  ///   - others: how many more units than wishes may choose have to be known.
  ///   - rivals: how many units other wishes may choose.
  init(
    _ muster: Muster, for wish: Wish, keep: [KeepRule], besides others: Int, rivals: Int = 0, _ finder: ArrivalFinder,
    within limit: WorkLimit
  ) throws(EngineError) {
    let mayGo = muster.mayGo
    // Who is at another incident, or has to go there, is nobody else's.
    let boundIDs = Set(wish.committedIDs + wish.wantedIDs)
    var absent: [AbsentUnit] = []
    var candidates: [Shortlist.Candidate] = []
    for entry in mayGo {
      try limit.check()
      let isBound = boundIDs.contains(entry.unit.id)
      if entry.isBound, !isBound {
        candidates.append(Shortlist.Candidate(entry.unit, bound: nil))
        continue
      }
      switch finder.bound(of: entry) {
      case .success(let arrival):
        candidates.append(Shortlist.Candidate(entry.unit, bound: arrival, isBound: isBound))
      case .failure(let unreached):
        candidates.append(Shortlist.Candidate(entry.unit, bound: nil, isBound: isBound))
        if !isBound { absent.append(AbsentUnit(entry.unit, unreached.reason)) }
      }
    }
    let list = try Shortlist(of: candidates, for: wish, keep: keep, besides: others, rivals: rivals) {
      index throws(EngineError) in
      try limit.check()
      switch finder.arrival(of: mayGo[index]) {
      case .success(let arrival): return arrival
      case .failure(let failure):
        // Who is there, or has to go, stays listed though nobody knows a way.
        if candidates[index].isBound { return Arrival(etaMilliseconds: 0) }
        absent.append(AbsentUnit(mayGo[index].unit, failure.reason))
        return nil
      }
    }
    arrivals = list.arrivals
    self.absent = absent
    outrankedCount = candidates.indices.count { candidates[$0].bound != nil && !list.isLookedAt[$0] }
  }
}
