import Foundation
import RoadGraph

/// The speeds and turn penalties of one put of one source, on the roads of this map.
public struct SpeedPut: Sendable {
  public let source: String
  public let expiresAt: Date
  /// What the source knew before becomes unknown.
  public let isComplete: Bool
  /// Each piece once.
  let speeds: [(piece: DirectedPiece, speeds: AlongPiece<TenthsOfKmh>)]
  let turnPenalties: [(turn: TurnID, milliseconds: Weight)]
}

/// What one source knows: the latest word on each road, and by which put it came.
struct SpeedLayer: Sendable {
  /// A speed, and the put that it came by: its short number in ``puts``.
  private struct Word: Hashable, Sendable {
    var speed: TenthsOfKmh
    var put: UInt16
  }

  private var words: ChunkedTable<DirectedPiece, AlongPiece<Word>>
  private var penalties: [TurnID: (milliseconds: Weight, put: UInt16)] = [:]
  /// The puts that still have a word, by their short numbers.
  private var puts: [UInt16: UInt64] = [:]
  private var nextPut: UInt16 = 0
  private(set) var speedCount = 0
  var penaltyCount: Int { penalties.count }

  /// How many puts of one source may be alive at a time. Beyond, the oldest ones fade early.
  static let putsMax = 1 << 15

  init(pieceCount: Int) { words = ChunkedTable(repeating: .nothing, count: 2 * pieceCount) }

  var isEmpty: Bool { speedCount == 0 && penalties.isEmpty }

  subscript(piece: DirectedPiece) -> [AlongPiece<TenthsOfKmh>.Stretch] {
    words[piece].stretches.map { AlongPiece<TenthsOfKmh>.Stretch(extent: $0.extent, value: $0.value.speed) }
  }

  subscript(turn: TurnID) -> Weight? { penalties[turn]?.milliseconds }

  func holds(_ put: UInt64) -> Bool { puts.values.contains(put) }

  /// The puts that still have a word.
  var numbers: [UInt64] { puts.values.sorted() }

  /// Takes a put; returns what may have changed. What it names takes the place of earlier words there, and no more.
  mutating func put(_ put: SpeedPut, number: UInt64) -> (pieces: [DirectedPiece], turns: [TurnID]) {
    var changed: (pieces: [DirectedPiece], turns: [TurnID]) = ([], [])
    if puts.count >= Self.putsMax, let oldest = puts.values.min() { changed = expire(oldest) }
    while puts[nextPut] != nil { nextPut &+= 1 }
    let short = nextPut
    for (piece, speeds) in put.speeds {
      let new = speeds.stretches.map {
        AlongPiece<Word>.Stretch(extent: $0.extent, value: Word(speed: $0.value, put: short))
      }
      if words[piece].isNothing { speedCount += 1 }
      words[piece] = words[piece].combined(with: new) { $1 ?? $0 }
      changed.pieces.append(piece)
    }
    for (turn, milliseconds) in put.turnPenalties {
      let known = penalties[turn].flatMap { $0.put == short ? $0.milliseconds : nil } ?? 0
      penalties[turn] = (max(milliseconds, known), short)
      changed.turns.append(turn)
    }
    if put.isComplete {
      let faded = forget { $0 != short }
      changed.pieces += faded.pieces
      changed.turns += faded.turns
      puts = [:]
    }
    puts[short] = number
    nextPut &+= 1
    return changed
  }

  /// Forgets what came by a put; returns what has changed. O(pieces).
  mutating func expire(_ put: UInt64) -> (pieces: [DirectedPiece], turns: [TurnID]) {
    guard let short = puts.first(where: { $0.value == put })?.key else { return ([], []) }
    puts[short] = nil
    return forget { $0 == short }
  }

  private mutating func forget(_ isFading: (UInt16) -> Bool) -> (pieces: [DirectedPiece], turns: [TurnID]) {
    var pieces: [DirectedPiece] = []
    for position in 0..<words.count {
      let piece = DirectedPiece(UInt32(position))
      let known = words[piece]
      if known.isNothing { continue }
      let left = known.filter { !isFading($0.put) }
      if left == known { continue }
      words[piece] = left
      if left.isNothing { speedCount -= 1 }
      pieces.append(piece)
    }
    let turns = penalties.filter { isFading($0.value.put) }.map(\.key)
    for turn in turns { penalties[turn] = nil }
    return (pieces, turns)
  }
}
