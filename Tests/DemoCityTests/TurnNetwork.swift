/// Arcs as places and allowed turns as steps between them, for the tests.
struct TurnNetwork {
  private struct Arc {
    var tail: Int
    var head: Int
    var way: Int64
  }

  private struct Turn: Hashable {
    var from: Int64
    var via: Int
    var to: Int64
  }

  private let network: DrivableNetwork

  init(_ city: OPLText) {
    let place = city.placeOfNode()
    var arcs: [Arc] = []
    for way in city.ways where way.isOpenToCars {
      for (first, second) in zip(way.nodes, way.nodes.dropFirst()) {
        let (tail, head) = (place[first]!, place[second]!)
        if city.nodes[tail].stopsCars || city.nodes[head].stopsCars { continue }
        arcs.append(Arc(tail: tail, head: head, way: way.id))
        if !way.isOneWay { arcs.append(Arc(tail: head, head: tail, way: way.id)) }
      }
    }
    var leaving = [[Int]](repeating: [], count: city.nodes.count)
    for (index, arc) in arcs.enumerated() { leaving[arc.tail].append(index) }
    let (banned, only) = TurnNetwork.restrictions(city, place)
    network = DrivableNetwork(
      heads: arcs.map { arc in
        leaving[arc.head].filter { next in
          let isBack = arcs[next].head == arc.tail
          if isBack { return leaving[arc.head].count == 1 }
          if banned.contains(Turn(from: arc.way, via: arc.head, to: arcs[next].way)) { return false }
          guard let choices = only[Turn(from: arc.way, via: arc.head, to: 0)] else { return true }
          return choices == arcs[next].way
        }
      })
  }

  private static func restrictions(_ city: OPLText, _ place: [Int64: Int]) -> (Set<Turn>, [Turn: Int64]) {
    var banned: Set<Turn> = []
    var only: [Turn: Int64] = [:]
    for relation in city.relations where relation.members[1].kind == "n" {
      let from = relation.members[0].id
      let via = place[relation.members[1].id]!
      let to = relation.members[2].id
      if relation.tags["restriction"]!.hasPrefix("only") {
        only[Turn(from: from, via: via, to: 0)] = to
      } else {
        banned.insert(Turn(from: from, via: via, to: to))
      }
    }
    return (banned, only)
  }

  /// The share of all arcs in a large strongly connected part.
  func largestShare() -> Double {
    let count = network.heads.count
    let shares = [0, count / 3, count / 2].map { start in
      Double(network.part(around: start).count { $0 }) / Double(count)
    }
    return shares.max() ?? 0
  }
}
