#if Web
import Calls
import Messages

/// Where the answers of one request of the web go: into its form, on the thread that made them, and to its connection.
final class WebAnswers: AnswerSink {
  private let form: AnswerForm
  private let writer: AnswerWriter<WebBatch>

  init(_ form: AnswerForm, _ writer: AnswerWriter<WebBatch>) { (self.form, self.writer) = (form, writer) }

  func takesStreams() -> Bool { writer.takesStreams() }

  func answer(_ answer: Result<[UInt8], CallStatus>, to id: UInt64) { writer.add(form.answer(answer)) }

  func stream(_ message: [UInt8], to id: UInt64) { writer.add(form.message(message)) }

  func holdsBack(_ call: Call) -> Bool { writer.holdsBack(call) }
}
#endif
