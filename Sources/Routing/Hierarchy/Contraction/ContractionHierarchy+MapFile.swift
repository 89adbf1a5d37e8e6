import MapFile
import RoadGraph

/// The names of the hierarchy's sections in a map file.
private enum Section {
  static let order = "hierarchy.order"
  static let parent = "hierarchy.parents"
  static let upward = "hierarchy.upward"
  static let downward = "hierarchy.downward"

  static func rows(_ half: String) -> String { half + ".rows" }
  static func upperEnds(_ half: String) -> String { half + ".upper-ends" }
}

extension ContractionHierarchy {
  /// Adds the hierarchy to a map file: its order and arcs, not what follows from them. Nothing is copied.
  public func addSections(to writer: inout MapFileWriter) {
    writer.add(Section.order, order)
    writer.add(Section.parent, parent)
    for (name, half) in [(Section.upward, upward), (Section.downward, downward)] {
      writer.add(Section.rows(name), half.rows)
      writer.add(Section.upperEnds(name), half.upperEnds)
    }
  }

  /// The hierarchy of a map file: order and arcs are mapped, the ranks, the lists of lower ends and the positions
  /// of the turns are computed.
  ///
  /// Every id is checked against the table that it leads into and every walk against going round in circles, so that
  /// even a crafted file can make answers wrong, never memory. O(m + turns × log degree), sequential.
  ///
  /// - Parameters:
  ///   - file: a file that has the sections written by ``addSections(to:)``.
  ///   - graph: the turn-expanded graph of the same file's road network.
  /// - Throws: ``MapFileError``: a section is missing or contradicts another one.
  public convenience init(from file: MappedMapFile, graph: TurnExpandedGraph) throws(MapFileError) {
    let order: Table<Rank, ArcID> = try file.table(Section.order)
    let parent: Table<Rank, Rank> = try file.table(Section.parent)
    guard let rank = Self.inverse(order, count: graph.arcCount) else {
      throw file.corrupt(Section.order, "it is no order of \(graph.arcCount) road arcs")
    }
    guard parent.count == order.count,
      parent.indices.allSatisfy({ parent[$0] > $0 && (parent[$0] == .none || parent[$0].position < order.count) })
    else { throw file.corrupt(Section.parent, "a parent is not above its child") }
    let upward = try SearchGraph(from: file, half: Section.upward, vertexCount: order.count)
    let downward = try SearchGraph(from: file, half: Section.downward, vertexCount: order.count)
    guard let positions = Self.turnPositions(graph, rank: rank, halves: (upward, downward)) else {
      throw file.corrupt(Section.upward, "a turn lies on no hierarchy arc")
    }
    self.init(
      order: order, rank: Table(rank), parent: parent, halves: (upward, downward),
      turns: (graph.firstTurn, Table(positions)), isContractedHere: false)
  }

  /// The rank of each arc, or `nil` if `order` doesn't have every arc once. O(n).
  private static func inverse(_ order: Table<Rank, ArcID>, count: Int) -> [Rank]? {
    guard order.count == count else { return nil }
    var rank = [Rank](repeating: .none, count: count)
    for position in order.indices {
      let arc = order[position].position
      guard arc < count, rank[arc] == .none else { return nil }
      rank[arc] = position
    }
    return rank
  }
}

extension SearchGraph {
  /// One half of the hierarchy of a map file. O(n + m), sequential.
  fileprivate init(from file: MappedMapFile, half: String, vertexCount: Int) throws(MapFileError) {
    let rows: Table<Rank, Row> = try file.table(Section.rows(half))
    let upperEnds: Rows<Rank> = try file.table(Section.upperEnds(half))
    guard rows.count == vertexCount + 1, rows[position: 0].firstArc == 0 else {
      throw file.corrupt(Section.rows(half), "they are not the rows of \(vertexCount) vertices")
    }
    for vertex in 0..<vertexCount {
      let (row, next) = (rows[position: vertex], rows[position: vertex + 1])
      guard row.firstArc <= next.firstArc,
        Int(row.firstUpperEnd) + Int(next.firstArc - row.firstArc) <= upperEnds.count
      else { throw file.corrupt(Section.rows(half), "a row leads beyond the upper ends") }
      let start = Int(row.firstUpperEnd)
      let ends = upperEnds.rows(start..<start + Int(next.firstArc - row.firstArc))
      guard Self.isRow(ends, of: Rank(vertex), vertexCount: vertexCount) else {
        throw file.corrupt(Section.upperEnds(half), "upper ends do not ascend above their vertex")
      }
    }
    self.init(rows: rows, upperEnds: upperEnds)
  }

  private static func isRow(_ row: UnsafeBufferPointer<Rank>, of vertex: Rank, vertexCount: Int) -> Bool {
    guard let first = row.first, let last = row.last else { return true }
    return first > vertex && last.position < vertexCount && zip(row, row.dropFirst()).allSatisfy { $0 < $1 }
  }
}

extension MappedMapFile {
  fileprivate func corrupt(_ section: String, _ message: String) -> MapFileError {
    MapFileError(.corrupt, path: path, "the section '\(section)' is not valid: \(message)")
  }
}
