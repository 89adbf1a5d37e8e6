/// Cuts roads where they meet.
///
/// A way is cut at every OSM node that another way (or the way itself) also uses, at its ends, at the via nodes of
/// turn restrictions, and where the source lacks nodes. What lies between two cuts is a link.
struct WayCutter {
  private let lines: RoadLines
  private let source: SourceNodes
  private let log: DropLog
  /// Per OSM node: it is a cut.
  private var isCut: [Bool]

  init(_ lines: RoadLines, _ source: SourceNodes, log: DropLog) {
    (self.lines, self.source, self.log) = (lines, source, log)
    isCut = [Bool](repeating: false, count: source.ids.count)
  }

  /// The links of all ways, in the order of the ways.
  ///
  /// - Parameters:
  ///   - vias: OSM nodes that must be cuts, as positions.
  ///   - wayIDs: the OSM ids of the ways, for the log.
  mutating func links(vias: [UInt32], wayIDs: [Int64]) -> [Stretch] {
    let runs = (0..<lines.wayCount).flatMap { knownRuns(ofWay: $0, osmID: wayIDs[$0]) }
    for via in vias { isCut[Int(via)] = true }
    markCuts(runs)
    var links: [Stretch] = []
    links.reserveCapacity(runs.count * 2)
    for run in runs { cut(run, into: &links) }
    return links
  }

  /// The parts of a way whose nodes are all known.
  private func knownRuns(ofWay way: Int, osmID: Int64) -> [Stretch] {
    var runs: [Stretch] = []
    var start: Int?
    let count = lines.nodeCount(ofWay: way)
    for position in 0...count {
      let isKnown = position < count && source.isKnown(lines.node(UInt32(way), position))
      if isKnown, start == nil { start = position }
      if !isKnown, let first = start {
        let run = Stretch(way: UInt32(way), from: UInt32(first), to: UInt32(position - 1))
        if hasTwoNodes(run) { runs.append(run) }
        start = nil
      }
    }
    if runs.isEmpty {
      log.drop(.wayTooShort, osmID: osmID)
    } else if runs.count > 1 || runs[0].from > 0 || Int(runs[0].to) < count - 1 {
      log.drop(.wayWithGaps, osmID: osmID)
    }
    return runs
  }

  private func hasTwoNodes(_ run: Stretch) -> Bool {
    let first = lines.firstNode(of: run)
    return run.positions.contains { lines.node(run.way, $0) != first }
  }

  private mutating func markCuts(_ runs: [Stretch]) {
    var isUsed = [Bool](repeating: false, count: isCut.count)
    for run in runs {
      isCut[Int(lines.firstNode(of: run))] = true
      isCut[Int(lines.lastNode(of: run))] = true
      var last: UInt32?
      for position in run.positions {
        let node = lines.node(run.way, position)
        if node == last { continue }
        if isUsed[Int(node)] { isCut[Int(node)] = true }
        isUsed[Int(node)] = true
        last = node
      }
    }
  }

  /// A node that is given twice in a row is one place: the link behind it starts at the second mention.
  private func cut(_ run: Stretch, into links: inout [Stretch]) {
    var start = run.from
    for position in run.positions.dropFirst() {
      let node = lines.node(run.way, position)
      guard isCut[Int(node)] else { continue }
      let isRepeated = node == lines.node(run.way, position - 1)
      if !isRepeated { links.append(Stretch(way: run.way, from: start, to: UInt32(position))) }
      start = UInt32(position)
    }
  }
}
