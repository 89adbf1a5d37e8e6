import Errors

/// What the program's exit status says. Wrong usage is 64, as `sysexits.h` has it.
enum ExitStatus: Int32 {
  case done = 0
  /// The request was understood and refused.
  case refused = 1
  /// No server answers, or the connection was lost.
  case noConnection = 2
}

/// Why a command failed: a stable code, a message for people and the offending value.
struct CommandFailure: CodedError, Equatable {
  let code: String
  let message: String
  let value: String

  init(_ code: String, _ message: String, value: String = "") {
    (self.code, self.message, self.value) = (code, message, value)
  }

  /// The failure that an error of a module means; `nil` for an error that is no module's.
  init?(_ error: any Error) {
    guard let error = error as? any CodedError else { return nil }
    self.init(error.codeText, error.message, value: error.value)
  }

  var status: ExitStatus { ["CONNECTION_FAILED", "CONNECTION_LOST"].contains(code) ? .noConnection : .refused }
}
