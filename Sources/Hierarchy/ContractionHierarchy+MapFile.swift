import MapFile
import RoadGraph

/// The names of the hierarchy's sections in a map file.
private enum Section {
  static let rank = "hierarchy.ranks"
  static let order = "hierarchy.order"
  static let parent = "hierarchy.parents"
  static let turnPosition = "hierarchy.turn-positions"
  static let upward = "hierarchy.upward"
  static let downward = "hierarchy.downward"

  static func firstArc(_ half: String) -> String { half + ".first-arc" }
  static func upperEnd(_ half: String) -> String { half + ".upper-ends" }
  static func firstBelow(_ half: String) -> String { half + ".first-below" }
  static func below(_ half: String) -> String { half + ".below" }
}

extension ContractionHierarchy {
  /// Adds the hierarchy to a map file. Nothing is copied.
  public func addSections(to writer: inout MapFileWriter) {
    writer.add(Section.rank, rank)
    writer.add(Section.order, order)
    writer.add(Section.parent, parent)
    writer.add(Section.turnPosition, turnPosition)
    for (name, half) in [(Section.upward, upward), (Section.downward, downward)] {
      writer.add(Section.firstArc(name), half.firstArc)
      writer.add(Section.upperEnd(name), half.upperEnd)
      writer.add(Section.firstBelow(name), half.firstBelow)
      writer.add(Section.below(name), half.below)
    }
  }

  /// The hierarchy of a map file, mapped, not copied.
  ///
  /// Every id is checked against the table that it leads into and every walk against going round in circles, so that
  /// even a crafted file can make answers wrong, never memory. O(n + m), sequential.
  ///
  /// - Parameters:
  ///   - file: a file that has the sections written by ``addSections(to:)``.
  ///   - firstTurn: the turns out of each road arc, from the same file's road graph.
  /// - Throws: ``MapFileError``: a section is missing or contradicts another one.
  public convenience init(from file: MappedMapFile, firstTurn: Offsets<ArcID>) throws(MapFileError) {
    let count = firstTurn.count
    let rank: Table<ArcID, Rank> = try file.table(Section.rank)
    let order: Table<Rank, ArcID> = try file.table(Section.order)
    let parent: Table<Rank, Rank> = try file.table(Section.parent)
    let turnPosition: Table<TurnID, UInt32> = try file.table(Section.turnPosition)
    let upward = try SearchGraph(from: file, half: Section.upward, vertexCount: count)
    let downward = try SearchGraph(from: file, half: Section.downward, vertexCount: count)

    guard rank.count == count, order.count == count, Self.isPermutation(order, inverse: rank) else {
      throw file.corrupt(Section.order, "order and rank are not inverse orders of \(count) road arcs")
    }
    guard parent.count == count,
      parent.indices.allSatisfy({ parent[$0] > $0 && (parent[$0] == .none || parent[$0].position < count) })
    else { throw file.corrupt(Section.parent, "a parent is not above its child") }
    let arcCount = upward.arcCount + downward.arcCount
    guard firstTurn.isValid(total: turnPosition.count),
      turnPosition.buffer.allSatisfy({ $0 < arcCount || $0 == Self.noPosition })
    else { throw file.corrupt(Section.turnPosition, "a turn lies on no hierarchy arc") }

    self.init(
      order: order, rank: rank, parent: parent, halves: (upward, downward), turns: (firstTurn, turnPosition))
  }

  private static func isPermutation(_ order: Table<Rank, ArcID>, inverse rank: Table<ArcID, Rank>) -> Bool {
    order.indices.allSatisfy { order[$0].position < rank.count && rank[order[$0]] == $0 }
  }
}

extension SearchGraph {
  /// One half of the hierarchy of a map file. O(n + m), sequential.
  fileprivate init(from file: MappedMapFile, half: String, vertexCount: Int) throws(MapFileError) {
    upperEnd = try file.table(Section.upperEnd(half))
    below = try file.table(Section.below(half))
    firstArc = try file.offsets(Section.firstArc(half), count: vertexCount, total: upperEnd.count)
    firstBelow = try file.offsets(Section.firstBelow(half), count: vertexCount, total: upperEnd.count)
    guard below.count == upperEnd.count else {
      throw file.corrupt(Section.below(half), "\(below.count) rows for \(upperEnd.count) arcs")
    }
    guard firstArc.indices.allSatisfy({ isRowSorted($0, vertexCount: vertexCount) }) else {
      throw file.corrupt(Section.upperEnd(half), "upper ends do not ascend above their vertex")
    }
    guard firstBelow.indices.allSatisfy({ isListSorted($0) }) else {
      throw file.corrupt(Section.below(half), "lower ends do not ascend below their vertex")
    }
  }

  private func isRowSorted(_ vertex: Rank, vertexCount: Int) -> Bool {
    var last = vertex
    for upper in upperEnd.rows(firstArc[vertex]) {
      guard upper > last else { return false }
      last = upper
    }
    return last.position < vertexCount
  }

  private func isListSorted(_ vertex: Rank) -> Bool {
    var next: UInt32 = 0
    for row in below.rows(firstBelow[vertex]) {
      guard row.lowerEnd.rawValue >= next, row.lowerEnd < vertex, row.arc.position < arcCount else { return false }
      next = row.lowerEnd.rawValue + 1
    }
    return true
  }
}

extension MappedMapFile {
  fileprivate func corrupt(_ section: String, _ message: String) -> MapFileError {
    MapFileError(.corrupt, path: path, "the section '\(section)' is not valid: \(message)")
  }
}
