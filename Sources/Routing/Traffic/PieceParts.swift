import RoadGraph

/// A part of one piece of an arc.
struct PiecePart {
  var piece: PieceID
  var extent: ClosedRange<UInt32>

  var isEmpty: Bool { extent.lowerBound == extent.upperBound }
}

/// The parts of an arc's pieces between two positions on it, one behind the other.
///
/// All but the first and the last are whole pieces, so that none has to be kept: walks along arcs allocate nothing.
struct PieceParts: RandomAccessCollection {
  /// The piece that is passed first.
  private let first: Int
  /// From a piece to the next one.
  private let step: Int
  let count: Int
  private let firstExtent: ClosedRange<UInt32>
  private let lastExtent: ClosedRange<UInt32>

  private init(first: Int, step: Int, count: Int, _ firstExtent: ClosedRange<UInt32>, _ lastExtent: ClosedRange<UInt32>)
  {
    (self.first, self.step, self.count) = (first, step, count)
    (self.firstExtent, self.lastExtent) = (firstExtent, lastExtent)
  }

  fileprivate static let none = PieceParts(first: 0, step: 1, count: 0, .wholePiece, .wholePiece)

  /// - Parameters:
  ///   - pieces: the positions of the first piece and the last one, in the order of travel.
  ///   - fractions: where travel begins on the first piece and ends on the last one, as parts of what is driven.
  fileprivate init(
    _ pieces: (first: Int, last: Int), _ fractions: (start: UInt32, end: UInt32), isBackward: Bool
  ) {
    func extent(_ start: UInt32, _ end: UInt32) -> ClosedRange<UInt32> {
      isBackward ? RoadPosition.fractionMax - end...RoadPosition.fractionMax - start : start...end
    }
    let count = abs(pieces.last - pieces.first) + 1
    self.init(
      first: pieces.first, step: isBackward ? -1 : 1, count: count,
      extent(fractions.start, count == 1 ? fractions.end : RoadPosition.fractionMax),
      extent(count == 1 ? fractions.start : 0, fractions.end))
  }

  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(position: Int) -> PiecePart {
    precondition(position >= 0 && position < count, "a part beyond the last one")
    let extent = position == 0 ? firstExtent : position == count - 1 ? lastExtent : .wholePiece
    return PiecePart(piece: PieceID(UInt32(first + step * position)), extent: extent)
  }

  /// The last one first.
  var backwards: PieceParts {
    PieceParts(first: first + step * (count - 1), step: -step, count: count, lastExtent, firstExtent)
  }
}

extension RoadNetwork {
  /// The parts of an arc's pieces between two positions on it, in the order of travel. O(1).
  ///
  /// - Parameters:
  ///   - start: `nil` for the tail.
  ///   - end: `nil` for the head.
  /// - Returns: none if `end` lies behind `start`.
  func parts(of arc: ArcID, from start: RoadPosition?, to end: RoadPosition?) -> PieceParts {
    let course = arcCourse[arc]
    let pieces = firstPiece[course.segment]
    let (low, high) = (pieces.lowerBound, pieces.upperBound - 1)
    let first = start?.piece.position ?? (course.isBackward ? high : low)
    let last = end?.piece.position ?? (course.isBackward ? low : high)
    guard pieces.contains(first), pieces.contains(last), course.isBackward ? last <= first : first <= last else {
      return .none
    }
    func driven(_ fraction: UInt32) -> UInt32 {
      course.isBackward ? RoadPosition.fractionMax - fraction : fraction
    }
    let from = start.map { driven($0.fraction) } ?? 0
    let to = end.map { driven($0.fraction) } ?? RoadPosition.fractionMax
    return first == last && from > to ? .none : PieceParts((first, last), (from, to), isBackward: course.isBackward)
  }
}
