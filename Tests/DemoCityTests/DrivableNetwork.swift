/// The OSM nodes that cars reach from each other, for the tests.
struct DrivableNetwork {
  let heads: [[Int]]

  /// Arcs between places in `city.nodes` along all roads that cars may use.
  init(_ city: OPLText, where isUsed: (OPLText.Way) -> Bool = { $0.isOpenToCars }) {
    let place = city.placeOfNode()
    var heads = [[Int]](repeating: [], count: city.nodes.count)
    for way in city.ways where isUsed(way) {
      for (first, second) in zip(way.nodes, way.nodes.dropFirst()) {
        let (tail, head) = (place[first]!, place[second]!)
        if city.nodes[tail].stopsCars || city.nodes[head].stopsCars { continue }
        heads[tail].append(head)
        if !way.isOneWay { heads[head].append(tail) }
      }
    }
    self.heads = heads
  }

  init(heads: [[Int]]) { self.heads = heads }

  /// Everything that can be reached from one place.
  func reached(from start: Int) -> [Bool] {
    var isReached = [Bool](repeating: false, count: heads.count)
    var waiting = [start]
    isReached[start] = true
    while let current = waiting.popLast() {
      for head in heads[current] where !isReached[head] {
        isReached[head] = true
        waiting.append(head)
      }
    }
    return isReached
  }

  /// Everything from which one place can be reached.
  func reaching(_ end: Int) -> [Bool] {
    var tails = [[Int]](repeating: [], count: heads.count)
    for (tail, list) in heads.enumerated() { for head in list { tails[head].append(tail) } }
    return DrivableNetwork(heads: tails).reached(from: end)
  }

  /// The strongly connected part around a place.
  func part(around place: Int) -> [Bool] { zip(reached(from: place), reaching(place)).map { $0 && $1 } }
}

extension OPLText {
  /// How many roads leave each OSM node, by its place.
  func roadDegrees() -> [Int] {
    let place = placeOfNode()
    var degree = [Int](repeating: 0, count: nodes.count)
    for way in ways where way.isRoad {
      for (first, second) in zip(way.nodes, way.nodes.dropFirst()) {
        degree[place[first]!] += 1
        degree[place[second]!] += 1
      }
    }
    return degree
  }
}
