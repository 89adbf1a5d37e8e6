/// One straight line of the skeleton between two of its points.
struct SkeletonLine: Sendable {
  var from: Int32
  var to: Int32
  var street: Int32
  var traits: RoadTraits
}

extension StreetMap {
  /// The map of lines that meet at their ends only. O(n log n).
  init(points: [PlanePoint], lines: [SkeletonLine]) {
    for point in points { _ = addCorner(point) }
    for line in lines { _ = addPiece(from: line.from, to: line.to, street: line.street, traits: line.traits) }
    linkAroundCorners()
    for side in tail.indices where block[side] < 0 { assignNewBlock(alongLoopOf: Int32(side)) }
  }

  /// After arriving at a corner a walk around a block on the left goes on with the next side clockwise.
  private mutating func linkAroundCorners() {
    for leaving in Dictionary(grouping: 0..<Int32(tail.count), by: { tail[Int($0)] }).values {
      let sides = leaving.sorted { direction($0).angleOrder < direction($1).angleOrder }
      for (clockwise, side) in zip(sides.suffix(1) + sides, sides) { link(side ^ 1, to: clockwise) }
    }
  }

  /// The sides around a block.
  func sides(around block: Int) -> [Int32] {
    let first = blockSide[block]
    var found: [Int32] = []
    found.reserveCapacity(16)
    var side = first
    repeat {
      found.append(side)
      side = next[Int(side)]
    } while side != first
    return found
  }

  /// Twice the area that a walk around the block encloses; negative for the land outside of everything.
  func doubleArea(ofBlock block: Int) -> Double { sides(around: block).reduce(0) { $0 + start($1).cross(end($1)) } }

  /// Checks in O(n) that the lists are one consistent map.
  func checkInvariants() {
    for side in tail.indices {
      let current = Int32(side)
      precondition(previous[Int(next[side])] == current, "next and previous are inverse")
      precondition(tail[Int(next[side])] == head(current), "a side starts where the one before ends")
      precondition(block[Int(next[side])] == block[side], "a walk stays with its block")
    }
    for corner in position.indices where outgoing[corner] >= 0 {
      precondition(tail[Int(outgoing[corner])] == Int32(corner), "an outgoing side starts at its corner")
    }
    var degree = [Int](repeating: 0, count: position.count)
    for side in tail.indices where traits(of: Int32(side)).isRoad { degree[Int(tail[side])] += 1 }
    precondition(degree == roadDegree.map(Int.init), "road degrees are counted")
    precondition(degree.count { $0 >= 3 } == junctionCount, "junctions are counted")
  }
}
