/// An OSM way of a ``RandomTown`` and the junctions at its ends.
struct WayEnds: Hashable {
  let way: Int64
  let from: Int64
  let to: Int64

  var reversed: WayEnds { WayEnds(way: way, from: to, to: from) }

  func meets(_ other: WayEnds) -> Bool { !Set([from, to]).isDisjoint(with: [other.from, other.to]) }

  /// The ways to drive the first of some ways, then all between in any order, then the last one, without coming
  /// through a junction twice.
  static func readings(of ways: [WayEnds]) -> [[WayEnds]] {
    let (first, last) = (ways[0], ways[ways.count - 1])
    return [first, first.reversed].flatMap { start in
      continuations([start], over: Set(ways[1..<ways.count - 1])).flatMap { path in
        [last, last.reversed].filter { $0.from == path[path.count - 1].to }.map { path + [$0] }
      }
    }
  }

  private static func continuations(_ path: [WayEnds], over rest: Set<WayEnds>) -> [[WayEnds]] {
    if rest.isEmpty { return [path] }
    return rest.flatMap { way in
      [way, way.reversed].filter { next in
        next.from == path[path.count - 1].to && !path.dropFirst().contains { $0.from == next.to }
      }.flatMap { continuations(path + [$0], over: rest.subtracting([way])) }
    }
  }
}
