import DemoCity
import MapFile
import RoadGraph
import TestSupport

@testable import MapImport

/// One who remembers every road driven, and reads the relations of a town anew at every junction: what turn
/// restrictions mean, without shadow arcs, vertices or turns of any kind.
///
/// The ways of a ``RandomTown`` run from junction to junction, and each of its restrictions can be read in one way only.
struct DriverWithMemory {
  /// An OSM way in a direction.
  struct Drive: Hashable {
    var way: Int64
    var isReversed: Bool
  }

  /// A restriction whose ways are put into their directions.
  private struct Rule {
    var drives: [Drive]
    var isOnly: Bool
    var bindsResponders: Bool
  }

  private let rules: [Rule]
  /// How many roads back a restriction of the town may look.
  let memory: Int

  init(_ town: RandomTown, network: RoadNetwork) {
    rules = town.text.relations.sorted { $0.key < $1.key }.compactMap { Self.rule($0.value, town, network) }
    memory = max(1, (rules.map(\.drives.count).max() ?? 0) - 1)
  }

  private static func rule(_ relation: OPLRelation, _ town: RandomTown, _ network: RoadNetwork) -> Rule? {
    let tags = Dictionary(relation.tags, uniquingKeysWith: { $1 })
    let ways = relation.members.filter { $0.type == .way }.map(\.ref)
    guard ways.allSatisfy({ network.way(osmID: $0) != nil }), let kind = tags["restriction"] else { return nil }
    let via = relation.members.first { $0.type == .node }?.ref
    guard let drives = drives([], ways, via: via, town) else { return nil }
    let isOnly = kind.hasPrefix("only")
    if isOnly, isDropped(drives, network) { return nil }
    return Rule(drives: drives, isOnly: isOnly, bindsResponders: tags["except"] != "emergency")
  }

  /// True for what sends all back, or where cars may not drive.
  private static func isDropped(_ drives: [Drive], _ network: RoadNetwork) -> Bool {
    guard let last = drives.last, let way = network.way(osmID: last.way) else { return true }
    let access = network.attributes[network.ways[way].attributes][againstWay: last.isReversed].access
    return access.isDisjoint(with: [.civil, .ownersOnly]) || drives.count == 2 && drives[0].way == last.way
  }

  /// The first way to drive `ways` one after the other; over `via`, if the two of them meet there.
  private static func drives(_ path: [Drive], _ ways: [Int64], via: Int64?, _ town: RandomTown) -> [Drive]? {
    guard let way = ways.first else { return path }
    for isReversed in [false, true] {
      let next = Drive(way: way, isReversed: isReversed)
      if let last = path.last, end(of: last, town) != start(of: next, town) { continue }
      if path.isEmpty, let via, end(of: next, town) != via { continue }
      if let whole = drives(path + [next], Array(ways.dropFirst()), via: via, town) { return whole }
    }
    return nil
  }

  private static func start(of drive: Drive, _ town: RandomTown) -> Int64? {
    end(of: Drive(way: drive.way, isReversed: !drive.isReversed), town)
  }

  private static func end(of drive: Drive, _ town: RandomTown) -> Int64? {
    let nodes = town.text.ways[drive.way]?.nodes
    return drive.isReversed ? nodes?.first : nodes?.last
  }

  /// Whether the law forbids to drive `next` behind what was `driven`.
  func isForbidden(_ next: Drive, behind driven: [Drive], isResponder: Bool) -> Bool {
    let bans = rules.contains { rule in
      !rule.isOnly && (rule.bindsResponders || !isResponder) && (driven + [next]).ends(with: rule.drives)
    }
    return bans || isForbiddenByOnly(next, driven, isResponder)
  }

  /// Of several ways to go on that are named behind the same roads, each is allowed.
  private func isForbiddenByOnly(_ next: Drive, _ driven: [Drive], _ isResponder: Bool) -> Bool {
    let longest = min(memory, driven.count)
    return (1...longest).contains { length in
      let behind = Array(driven.suffix(length))
      let named = rules.filter { rule in
        rule.isOnly && rule.drives.count > length && (length > 1 || rule.drives.count == 2)
          && Array(rule.drives.prefix(length)) == behind
      }
      let binds = !isResponder || named.contains(where: \.bindsResponders)
      return !named.isEmpty && binds && !named.contains { $0.drives[length] == next }
    }
  }
}

extension [DriverWithMemory.Drive] {
  fileprivate func ends(with other: [DriverWithMemory.Drive]) -> Bool { suffix(other.count) == other[...] }
}
