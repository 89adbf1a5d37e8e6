import RoadGraph

/// Where driving takes time and nothing else: arcs and turns on which a vehicle uses no exemption and avoids nothing.
///
/// Of a route over them there is no more to tell than its weight and its length, so nobody has to look at their pieces.
public struct PlainRoads: Sendable {
  private static let notPlain = UInt32.max
  /// By `ArcID`.
  private let centimeters: [UInt32]
  /// By `TurnID`.
  private let isPlainTurn: [Bool]

  init(_ costs: CostModel, isPlainTurn: [Bool]) {
    self.isPlainTurn = isPlainTurn
    let network = costs.network
    centimeters = network.arcCourse.buffer.map { course in
      let direction = SegmentDirection(course)
      var sum: UInt32 = 0
      for piece in network.pieceIDs(of: course.segment) {
        guard costs.exemptions(piece: piece, direction).isEmpty,
          costs.pieceCost(piece, direction).reluctanceMilliseconds == 0
        else { return Self.notPlain }
        sum += network.pieces[piece].lengthCentimeters
      }
      return sum
    }
  }

  /// The length of a plain arc; `nil` of another one. O(1).
  public func lengthCentimeters(_ arc: ArcID) -> UInt32? {
    let length = centimeters[arc.position]
    return length == Self.notPlain ? nil : length
  }

  /// True if a turn is plain. O(1).
  public func contains(_ turn: TurnID) -> Bool { isPlainTurn[turn.position] }
}
