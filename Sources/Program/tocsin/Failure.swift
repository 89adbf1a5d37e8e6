import API
import Access
import Client
import Configuration
import DemoCity
import Engine
import Errors
import Feeds
import InputFiles
import Ledger
import Load
import MapFile
import MapImport
import Messages
import Profiles
import Server
import TOMLText
import TransportSecurity

/// What the program's exit status says. Wrong usage is 64, as `sysexits.h` has it.
enum ExitStatus: Int32 {
  case done = 0
  /// The request was understood and refused.
  case refused = 1
  /// No server answers, or the connection was lost.
  case noConnection = 2
}

/// Why a command failed: a stable code, a message for people and the offending value.
struct CommandFailure: Error, Equatable, CustomStringConvertible {
  var code: String
  var message: String
  var value: String
  var status: ExitStatus

  init(_ code: String, _ message: String, value: String = "", status: ExitStatus = .refused) {
    self.code = code
    self.message = message
    self.value = value
    self.status = status
  }

  var description: String { "\(code): \(message)\(value.isEmpty ? "" : " (\(value))")" }
}

extension CommandFailure {
  /// The failure that an error of a module means; `nil` for an error that is no module's.
  init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as any CodedError: self.init(error)
    default: return nil
    }
  }

  private static let lostCodes: Set<String> = ["CONNECTION_FAILED", "CONNECTION_LOST"]

  private init(_ error: any CodedError) {
    let code = error.codeText
    self.init(code, error.message, value: error.value, status: Self.lostCodes.contains(code) ? .noConnection : .refused)
  }
}
