#if Web
import Calls
import Messages
import WebPages

/// Answers as a connection of the web sends them.
struct WebBatch: AnswerBatch {
  enum Piece {
    /// A whole answer.
    case page(PageAnswer)
    /// A part of a stream.
    case part([UInt8])
    /// The last part of a stream.
    case last([UInt8])
  }

  private(set) var pieces: [Piece] = []

  /// The bytes of a method's answer, as they are: ``AnswerForm`` makes pieces of other forms.
  static func piece(answer: Result<[UInt8], CallStatus>, id: UInt64) -> Piece { AnswerForm.message.answer(answer) }

  static func piece(streamed message: [UInt8], id: UInt64) -> Piece { .part(message) }

  static func bytes(of piece: Piece) -> Int {
    switch piece {
    case .page(let page): page.body.count
    case .part(let bytes), .last(let bytes): bytes.count
    }
  }

  mutating func append(_ piece: Piece) { pieces.append(piece) }
}
#endif
