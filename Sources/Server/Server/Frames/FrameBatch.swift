import Calls
import Messages
import NIOCore

/// Answers as frames, one after the other.
struct FrameBatch: AnswerBatch {
  struct Piece {
    var frames: [UInt8]
    /// The request that is done with it, if it had one.
    var finishedID: UInt64?
  }

  private(set) var bytes = ByteBuffer()
  private(set) var finishedIDs: [UInt64] = []

  static func piece(answer: Result<[UInt8], CallStatus>, id: UInt64) -> Piece {
    Piece(frames: FrameCodec.encode(answer: answer, id: id), finishedID: id)
  }

  static func piece(streamed message: [UInt8], id: UInt64) -> Piece {
    Piece(frames: FrameCodec.encode(streamed: message, id: id))
  }

  static func bytes(of piece: Piece) -> Int { piece.frames.count }

  mutating func append(_ piece: Piece) {
    bytes.writeBytes(piece.frames)
    if let id = piece.finishedID { finishedIDs.append(id) }
  }
}
