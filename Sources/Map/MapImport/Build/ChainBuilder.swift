/// Chains of links: each becomes one road segment.
struct Chains {
  /// The stretches of chain `i` are `stretches[first[i]..<first[i + 1]]`, head to tail.
  var stretches: [Stretch] = []
  var first: [Int] = [0]

  var count: Int { first.count - 1 }

  subscript(chain: Int) -> ArraySlice<Stretch> { stretches[first[chain]..<first[chain + 1]] }

  mutating func append(_ chain: some Sequence<Stretch>) {
    stretches.append(contentsOf: chain)
    first.append(stretches.count)
  }
}

/// Joins links where nothing but two of them meet and both can be driven in the same directions.
///
/// What remains between two chains is a vertex. A chain that ends where it started is cut in the middle, so that no
/// road segment is a loop.
struct ChainBuilder {
  private let lines: RoadLines
  private let source: SourceNodes
  private let links: [Stretch]
  private var isVertex: [Bool]
  /// Per OSM node: the number of link ends there.
  private var endCount: [UInt8]
  /// Per OSM node: two of the link ends there, as link * 2 + (1 if the link ends there).
  private var ends: [(UInt32, UInt32)]
  private var isWritable: [Bool]
  private var chains = Chains()
  /// The ways of rings that lie at one place and lead nowhere else; they become no chains.
  private(set) var ringsOfNoSize: [UInt32] = []

  /// - Parameter vias: OSM nodes that stay vertices.
  init(_ lines: RoadLines, _ source: SourceNodes, links: [Stretch], vias: [UInt32]) {
    (self.lines, self.source, self.links) = (lines, source, links)
    endCount = [UInt8](repeating: 0, count: source.ids.count)
    ends = [(UInt32, UInt32)](repeating: (0, 0), count: source.ids.count)
    isVertex = [Bool](repeating: false, count: source.ids.count)
    isWritable = [Bool](repeating: false, count: links.count)
    for (index, link) in links.enumerated() {
      addEnd(UInt32(index) * 2, at: lines.firstNode(of: link))
      addEnd(UInt32(index) * 2 + 1, at: lines.lastNode(of: link))
    }
    for via in vias { isVertex[Int(via)] = true }
    for link in links {
      markVertex(lines.firstNode(of: link))
      markVertex(lines.lastNode(of: link))
    }
  }

  private mutating func addEnd(_ end: UInt32, at node: UInt32) {
    let node = Int(node)
    if endCount[node] == 0 { ends[node].0 = end } else { ends[node].1 = end }
    endCount[node] = min(endCount[node] + 1, 3)
  }

  private mutating func markVertex(_ node: UInt32) {
    if !canPassThrough(node) { isVertex[Int(node)] = true }
  }

  /// True if exactly two links meet, and a driver on one can go on along the other.
  private func canPassThrough(_ node: UInt32) -> Bool {
    guard endCount[Int(node)] == 2 else { return false }
    let (one, other) = ends[Int(node)]
    guard one / 2 != other / 2 else { return false }
    return lines.directions(of: leaving(one)) == lines.directions(of: leaving(other)).reversed
  }

  /// The link of an end, in the direction away from the end.
  private func leaving(_ end: UInt32) -> Stretch {
    let link = links[Int(end / 2)]
    return end & 1 == 0 ? link : link.reversed
  }

  /// All chains, in the order of their first links.
  mutating func build() -> Chains {
    for index in links.indices where !isWritable[index] {
      if isVertex[Int(lines.firstNode(of: links[index]))] {
        addChain(from: UInt32(index) * 2)
      } else if isVertex[Int(lines.lastNode(of: links[index]))] {
        addChain(from: UInt32(index) * 2 + 1)
      }
    }
    // What is left are rings without any vertex.
    for index in links.indices where !isWritable[index] { addChain(from: UInt32(index) * 2) }
    return chains
  }

  /// Follows the links from an end up to the next vertex, or once around a ring.
  private mutating func addChain(from end: UInt32) {
    var chain: [Stretch] = []
    var end = end
    while !isWritable[Int(end / 2)] {
      isWritable[Int(end / 2)] = true
      chain.append(leaving(end))
      let node = Int(lines.lastNode(of: leaving(end)))
      if isVertex[node] { break }
      end = ends[node].0 == end ^ 1 ? ends[node].1 : ends[node].0
    }
    if lines.firstNode(of: chain[0]) != lines.lastNode(of: chain[chain.count - 1]) { return chains.append(chain) }
    let splitter = LoopSplitter(lines: lines, source: source)
    guard splitter.meters(of: chain) > 0 else { return ringsOfNoSize.append(chain[0].way) }
    let halves = splitter.halves(of: chain)
    chains.append(halves.0)
    chains.append(halves.1)
  }
}

/// Cuts a chain that ends where it started at the OSM node that is nearest to its middle.
private struct LoopSplitter {
  let lines: RoadLines
  let source: SourceNodes

  func halves(of chain: [Stretch]) -> ([Stretch], [Stretch]) {
    let start = lines.firstNode(of: chain[0])
    let totalMeters = meters(of: chain)
    var best = (link: 0, index: 1, offMeters: Double.infinity)
    var walkedMeters = 0.0
    for (link, stretch) in chain.enumerated() {
      var last = lines.firstNode(of: stretch)
      for index in stretch.positions.indices.dropFirst() {
        let node = lines.node(stretch.way, stretch.positions[index])
        walkedMeters += distanceMeters(last, node)
        last = node
        let offMeters = abs(walkedMeters - totalMeters / 2)
        if node != start, offMeters < best.offMeters { best = (link, index, offMeters) }
      }
    }
    return split(chain, link: best.link, index: best.index)
  }

  func meters(of chain: [Stretch]) -> Double { chain.reduce(0) { $0 + lengthMeters($1) } }

  /// The part of `chain` up to the node `index` of the stretch `link`, and the part behind it.
  private func split(_ chain: [Stretch], link: Int, index: Int) -> ([Stretch], [Stretch]) {
    let stretch = chain[link]
    let position = UInt32(stretch.positions[index])
    let first = chain[..<link] + [Stretch(way: stretch.way, from: stretch.from, to: position)]
    let rest = position == stretch.to ? [] : [Stretch(way: stretch.way, from: position, to: stretch.to)]
    return (Array(first), rest + chain[(link + 1)...])
  }

  private func lengthMeters(_ stretch: Stretch) -> Double {
    zip(stretch.positions, stretch.positions.dropFirst()).reduce(0) { sum, pair in
      sum + distanceMeters(lines.node(stretch.way, pair.0), lines.node(stretch.way, pair.1))
    }
  }

  private func distanceMeters(_ one: UInt32, _ other: UInt32) -> Double {
    source.coordinates[Int(one)].distanceMeters(to: source.coordinates[Int(other)])
  }
}
