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
    case let error as EngineError: self.init(error.code.rawValue, error.message, value: error.value)
    case let error as ClientError: self.init(error)
    case let error as CallStatus: self.init(error.code, error.message, value: error.value)
    case let error as ListenError: self.init(error.code.rawValue, error.message, value: error.value)
    case let error as TLSError: self.init(error.code.rawValue, error.message, value: error.value)
    case let error as TokenFileError: self.init(error.code.rawValue, error.message, value: error.value)
    case let error as LedgerError: self.init(error.code.rawValue, error.message, value: error.path)
    case let error as MapFileError: self.init(error.code.rawValue, error.message, value: error.path)
    case let error as ImportError: self.init(error.code.rawValue, error.message, value: error.path)
    case let error as ProfileError: self.init(error)
    case let error as OverrideError: self.init(error)
    case let error as ConfigurationError: self.init(error)
    case let error as FeedError: self.init(error.code.rawValue, error.message, value: error.value)
    case let error as LoadError: self.init(error)
    case let error as InputFileError: self.init(error.codeText, error.message, value: error.value)
    case let error as CityPlanError: self.init(error.code.rawValue, error.message)
    default: return nil
    }
  }

  private static let lostCodes: Set<String> = ["CONNECTION_FAILED", "CONNECTION_LOST"]

  private init(_ error: ClientError) {
    let status: ExitStatus = Self.lostCodes.contains(error.code) ? .noConnection : .refused
    self.init(error.code, error.message, value: error.value, status: status)
  }

  private init(_ error: LoadError) {
    let code = error.code.rawValue
    self.init(
      code, error.message, value: error.value, status: Self.lostCodes.contains(code) ? .noConnection : .refused)
  }

  private init(_ error: ProfileError) {
    self.init(
      error.code.rawValue, Self.message(error.message, file: error.file, line: error.line, key: error.key),
      value: error.value)
  }

  private init(_ error: OverrideError) {
    self.init(
      error.code.rawValue, Self.message(error.message, file: error.file, line: error.line, key: error.key),
      value: error.value)
  }

  private init(_ error: ConfigurationError) {
    self.init(
      error.code.rawValue, Self.message(error.message, file: error.file, line: error.line, key: error.key),
      value: error.value)
  }

  private static func message(_ message: String, file: String, line: Int?, key: String) -> String {
    let place = [file, line.map(String.init) ?? "", key].filter { !$0.isEmpty }
    return place.isEmpty ? message : place.joined(separator: ":") + ": " + message
  }
}
