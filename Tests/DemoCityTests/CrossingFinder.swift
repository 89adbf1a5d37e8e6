@testable import DemoCity

/// Finds roads of one level that cross without a common OSM node, for the tests.
struct CrossingFinder {
  private struct Piece {
    var way: Int64
    var layer: String
    var ends: (Int64, Int64)
    var start: PlanePoint
    var end: PlanePoint
  }

  private struct Cell: Hashable {
    var column: Int
    var row: Int
  }

  private static let cellMeters = 80.0
  private var pieces: [Piece] = []

  init(_ city: OPLText) {
    let place = city.placeOfNode()
    func point(_ id: Int64) -> PlanePoint {
      let node = city.nodes[place[id]!]
      return PlanePoint(x: (node.longitude - 100) * 108_765, y: (node.latitude - 12) * 111_195)
    }
    for way in city.ways where way.isRoad {
      for (first, second) in zip(way.nodes, way.nodes.dropFirst()) {
        pieces.append(
          Piece(
            way: way.id, layer: way.tags["layer"] ?? "0", ends: (first, second), start: point(first),
            end: point(second)))
      }
    }
  }

  func crossings() -> [String] {
    var cells: [Cell: [Int]] = [:]
    for index in pieces.indices {
      for cell in cellsTouched(by: pieces[index]) { cells[cell, default: []].append(index) }
    }
    var found: Set<String> = []
    for members in cells.values {
      for (position, first) in members.enumerated() {
        for second in members[(position + 1)...] where cross(pieces[first], pieces[second]) {
          let ways = [pieces[first].way, pieces[second].way].sorted()
          found.insert("ways \(ways[0]) and \(ways[1]) near \(pieces[first].start)")
        }
      }
    }
    return found.sorted()
  }

  private func cellsTouched(by piece: Piece) -> [Cell] {
    func range(_ first: Double, _ second: Double) -> ClosedRange<Int> {
      let numbers = [first, second].map { Int(($0 / CrossingFinder.cellMeters).rounded(.down)) }
      return min(numbers[0], numbers[1])...max(numbers[0], numbers[1])
    }
    return range(piece.start.x, piece.end.x).flatMap { column in
      range(piece.start.y, piece.end.y).map { Cell(column: column, row: $0) }
    }
  }

  private func cross(_ first: Piece, _ second: Piece) -> Bool {
    guard first.layer == second.layer else { return false }
    let ends = [first.ends.0, first.ends.1]
    if ends.contains(second.ends.0) || ends.contains(second.ends.1) { return false }
    return crossing((first.start, first.end), (second.start, second.end)) != nil
  }
}
