import Calls
import Framing
import Messages
import NIOCore

/// Answers as messages of gRPC.
struct GRPCBatch: AnswerBatch {
  enum Piece {
    /// The one message of an answer, or one of a stream that goes on, with its prefix.
    case message(id: UInt64, ByteBuffer, isLast: Bool)
    /// The end of a call.
    case refusal(id: UInt64, CallStatus)
  }

  private(set) var pieces: [Piece] = []

  static func piece(answer: Result<[UInt8], CallStatus>, id: UInt64) -> Piece {
    switch answer {
    case .success(let message): .message(id: id, GRPCMessage.encode(message), isLast: true)
    case .failure(let status): .refusal(id: id, status.shortened)
    }
  }

  static func piece(streamed message: [UInt8], id: UInt64) -> Piece {
    .message(id: id, GRPCMessage.encode(message), isLast: false)
  }

  static func bytes(of piece: Piece) -> Int {
    if case .message(_, let message, _) = piece { message.readableBytes } else { 0 }
  }

  mutating func append(_ piece: Piece) { pieces.append(piece) }
}
