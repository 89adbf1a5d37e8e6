/// The plan of the city while it is drawn: corners joined by pieces of road, with the blocks between them.
///
/// A doubly connected list: a piece of road has two **sides**, numbered `2 * piece` (along the street's direction)
/// and `2 * piece + 1` (against it); a side starts at its `tail` corner and has its block on its left. Following
/// `next` walks once around the block, a dead end inside it included (both its sides belong to the block).
/// All operations take constant time, but `connect`, which walks around one of the two new blocks.
struct StreetMap: Sendable {
  var position: [PlanePoint] = []
  /// Some side that starts at the corner.
  var outgoing: [Int32] = []
  /// How many roads meet at the corner.
  var roadDegree: [UInt8] = []

  var tail: [Int32] = []
  var next: [Int32] = []
  var previous: [Int32] = []
  var block: [Int32] = []

  var street: [Int32] = []
  var traits: [RoadTraits] = []

  var blockCount = 0
  /// Some side of each block.
  var blockSide: [Int32] = []
  /// Corners where three or more roads meet.
  private(set) var junctionCount = 0

  var pieceCount: Int { street.count }

  static func piece(_ side: Int32) -> Int { Int(side >> 1) }

  func head(_ side: Int32) -> Int32 { tail[Int(side ^ 1)] }
  func start(_ side: Int32) -> PlanePoint { position[Int(tail[Int(side)])] }
  func end(_ side: Int32) -> PlanePoint { position[Int(head(side))] }
  func direction(_ side: Int32) -> PlanePoint { (end(side) - start(side)).unit }
  func length(_ side: Int32) -> Double { start(side).distance(to: end(side)) }
  func traits(of side: Int32) -> RoadTraits { traits[StreetMap.piece(side)] }
  func street(of side: Int32) -> Int32 { street[StreetMap.piece(side)] }

  /// The sides that start at a corner, clockwise; none where all lines were cut away.
  func sides(from corner: Int32) -> [Int32] {
    let first = outgoing[Int(corner)]
    guard first >= 0 else { return [] }
    var found = [first]
    var side = next[Int(first ^ 1)]
    while side != first {
      found.append(side)
      side = next[Int(side ^ 1)]
    }
    return found
  }

  /// The sides that start at a corner and belong to roads, clockwise.
  func roads(from corner: Int32) -> [Int32] { sides(from: corner).filter { traits(of: $0).isRoad } }

  mutating func addCorner(_ point: PlanePoint) -> Int32 {
    position.append(point)
    outgoing.append(-1)
    roadDegree.append(0)
    return Int32(position.count - 1)
  }

  /// Changes what lies on a piece, and the number of roads at its ends with it.
  mutating func setTraits(_ new: RoadTraits, ofPiece piece: Int) {
    let old = traits[piece]
    traits[piece] = new
    guard old.isRoad != new.isRoad else { return }
    for side in [2 * piece, 2 * piece + 1] { changeRoadDegree(of: tail[side], by: new.isRoad ? 1 : -1) }
  }

  private mutating func changeRoadDegree(of corner: Int32, by change: Int) {
    let before = Int(roadDegree[Int(corner)])
    let after = before + change
    roadDegree[Int(corner)] = UInt8(after)
    junctionCount += (after >= 3 ? 1 : 0) - (before >= 3 ? 1 : 0)
  }

  /// Adds a piece's two sides without linking them into blocks.
  mutating func addPiece(from first: Int32, to second: Int32, street: Int32, traits: RoadTraits) -> Int32 {
    let side = Int32(tail.count)
    tail += [first, second]
    next += [-1, -1]
    previous += [-1, -1]
    block += [-1, -1]
    self.street.append(street)
    self.traits.append(traits)
    if outgoing[Int(first)] < 0 { outgoing[Int(first)] = side }
    if outgoing[Int(second)] < 0 { outgoing[Int(second)] = side ^ 1 }
    for corner in [first, second] where traits.isRoad { changeRoadDegree(of: corner, by: 1) }
    return side
  }

  mutating func link(_ side: Int32, to following: Int32) {
    next[Int(side)] = following
    previous[Int(following)] = side
  }

  /// Puts a corner into the middle of a side; the side then ends there, and the rest is the new piece's side that is
  /// returned.
  mutating func split(_ side: Int32, at point: PlanePoint) -> Int32 {
    let back = side ^ 1
    let end = tail[Int(back)]
    let middle = addCorner(point)
    // The new piece's even side has to run along the street, as the old one's does.
    let isForward = side & 1 == 0
    let added = addPiece(
      from: isForward ? middle : end, to: isForward ? end : middle, street: street(of: side),
      traits: traits(of: side))
    let rest = isForward ? added : added ^ 1
    let restBack = rest ^ 1
    let following = next[Int(side)]
    if following == back {
      link(rest, to: restBack)
    } else {
      link(rest, to: following)
      link(previous[Int(back)], to: restBack)
    }
    link(side, to: rest)
    link(restBack, to: back)
    tail[Int(back)] = middle
    if outgoing[Int(end)] == back { outgoing[Int(end)] = restBack }
    block[Int(rest)] = block[Int(side)]
    block[Int(restBack)] = block[Int(back)]
    // The old piece now ends at the middle: its road left one corner and reached another.
    if traits(of: side).isRoad {
      changeRoadDegree(of: end, by: -1)
      changeRoadDegree(of: middle, by: 1)
    }
    return rest
  }

  /// Adds a dead end that starts where `side` starts, within that side's block; returns the side towards its tip.
  mutating func addSpur(before side: Int32, to tip: PlanePoint, street: Int32, traits: RoadTraits) -> Int32 {
    let arriving = previous[Int(side)]
    let corner = addCorner(tip)
    let out = addPiece(from: tail[Int(side)], to: corner, street: street, traits: traits)
    link(arriving, to: out)
    link(out, to: out ^ 1)
    link(out ^ 1, to: side)
    block[Int(out)] = block[Int(side)]
    block[Int(out ^ 1)] = block[Int(side)]
    return out
  }

  /// Joins the corners where two sides of one block start, and makes it two blocks; returns the side from the first
  /// corner to the second, whose block is the new one.
  mutating func connect(before first: Int32, _ second: Int32, street: Int32, traits: RoadTraits) -> Int32 {
    precondition(block[Int(first)] == block[Int(second)], "both sides must belong to one block")
    let (firstArriving, secondArriving) = (previous[Int(first)], previous[Int(second)])
    let side = addPiece(from: tail[Int(first)], to: tail[Int(second)], street: street, traits: traits)
    link(firstArriving, to: side)
    link(side, to: second)
    link(secondArriving, to: side ^ 1)
    link(side ^ 1, to: first)
    let old = block[Int(first)]
    block[Int(side ^ 1)] = old
    blockSide[Int(old)] = side ^ 1
    assignNewBlock(alongLoopOf: side)
    return side
  }

  mutating func assignNewBlock(alongLoopOf first: Int32) {
    let number = Int32(blockCount)
    blockCount += 1
    blockSide.append(first)
    var side = first
    repeat {
      block[Int(side)] = number
      side = next[Int(side)]
    } while side != first
  }
}
