/// What a restriction forbids: to drive these arcs one after the other.
struct BannedPath {
  /// Two or more.
  var arcs: [OriginalArcID]
  var binding: RestrictionRule.Binding
  /// When it holds; `nil` always.
  var condition: String?
  /// The relations that say so.
  var relations: Set<Int64>
}

/// A relation that takes back at times what it forbids.
struct LiftedBan {
  var relation: Int64
  var condition: String
  var binding: RestrictionRule.Binding
}

/// The restrictions of a map as paths that may not be driven.
///
/// `only_*` is read as a ban of every other way to go on: behind `from` if the via is an OSM node, and else on the via
/// ways, for a driver that came onto them from `from`. Several `only_*` that begin alike allow all of their turns.
struct BannedPaths {
  private(set) var paths: [BannedPath] = []
  private(set) var lifted: [LiftedBan] = []
  /// Restrictions in force, by name.
  private(set) var counts: [String: Int] = [:]

  private let resolver: RestrictionResolver
  private let log: DropLog
  private var onlyPlaces: [OnlyPlace] = []
  private var onlyTurns: [OnlyPlace: OnlyTurns] = [:]

  /// Where `only_*` restrictions say how to go on.
  private struct OnlyPlace: Hashable {
    let behind: [OriginalArcID]
    let condition: String?
    let isForResponders: Bool
  }

  private struct OnlyTurns {
    var onto: Set<OriginalArcID> = []
    var relations: Set<Int64> = []
    /// Responders need not care if none of the restrictions binds them.
    var bindsResponders = false
  }

  init(_ restrictions: [SourceRestriction], _ resolver: RestrictionResolver, log: DropLog) {
    (self.resolver, self.log) = (resolver, log)
    for restriction in restrictions { add(restriction) }
  }

  private mutating func add(_ restriction: SourceRestriction) {
    do throws(DropReason) {
      let paths = try resolver.paths(of: restriction)
      for rule in restriction.rules { add(rule, of: restriction.osmID, paths) }
    } catch {
      log.drop(error, osmID: restriction.osmID, value: restriction.rules[0].name)
    }
  }

  private mutating func add(_ rule: RestrictionRule, of relation: Int64, _ paths: [[OriginalArcID]]) {
    if rule.effect == .free {
      lifted.append(LiftedBan(relation: relation, condition: rule.condition ?? "", binding: rule.binding))
      counts[rule.name, default: 0] += 1
      return
    }
    do throws(DropReason) {
      for path in try resolver.fitting(paths, rule) {
        if resolver.bendsOtherwise(path, rule.bend) {
          log.drop(.restrictionBendsOtherwise, osmID: relation, value: rule.name)
        }
        if rule.effect == .only { allow(path, rule, relation) } else { ban(path, rule, relation) }
      }
      counts[rule.name, default: 0] += 1
    } catch {
      log.drop(error, osmID: relation, value: rule.name)
    }
  }

  private mutating func ban(_ path: [OriginalArcID], _ rule: RestrictionRule, _ relation: Int64) {
    paths.append(BannedPath(arcs: path, binding: rule.binding, condition: rule.condition, relations: [relation]))
  }

  private mutating func allow(_ path: [OriginalArcID], _ rule: RestrictionRule, _ relation: Int64) {
    // With via ways one is free not to enter the first of them.
    for length in (path.count == 2 ? 1 : 2)..<path.count {
      let place = OnlyPlace(
        behind: Array(path[..<length]), condition: rule.condition, isForResponders: rule.binding == .responders)
      if onlyTurns[place] == nil { onlyPlaces.append(place) }
      var turns = onlyTurns[place] ?? OnlyTurns()
      turns.onto.insert(path[length])
      turns.relations.insert(relation)
      turns.bindsResponders = turns.bindsResponders || rule.binding == .everyone
      onlyTurns[place] = turns
    }
  }

  /// Turns what is allowed only into bans of all the rest. To be called once, when all restrictions are there.
  ///
  /// - Parameter arcsBehind: the arcs that start where an arc ends.
  mutating func banOthers(arcsBehind: (OriginalArcID) -> some Sequence<OriginalArcID>) {
    dropContradicted()
    for place in onlyPlaces {
      guard let only = onlyTurns[place], let last = place.behind.last else { continue }
      let binding: RestrictionRule.Binding =
        place.isForResponders ? .responders : only.bindsResponders ? .everyone : .civilTraffic
      for next in arcsBehind(last) where !only.onto.contains(next) {
        paths.append(
          BannedPath(
            arcs: place.behind + [next], binding: binding, condition: place.condition, relations: only.relations))
      }
    }
  }

  /// Drops bans of turns that an `only_*` commands at the same times: both together would let nobody go on.
  private mutating func dropContradicted() {
    paths.removeAll { path in
      let place = OnlyPlace(
        behind: path.arcs.dropLast(), condition: path.condition, isForResponders: path.binding == .responders)
      guard let next = path.arcs.last, onlyTurns[place]?.onto.contains(next) == true else { return false }
      for relation in path.relations { log.drop(.restrictionContradicted, osmID: relation) }
      return true
    }
  }
}
