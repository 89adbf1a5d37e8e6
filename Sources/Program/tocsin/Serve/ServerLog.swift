import Configuration
import Logging
import Monitoring

/// The log of a server, on standard error.
enum ServerLog {
  /// A logger as the configuration wants it.
  static func logger(_ log: ServerConfiguration.Log) -> Logger {
    var logger = Logger(label: "tocsin") { label in
      switch log.format {
      case .text: StreamLogHandler.standardError(label: label)
      case .json: JSONLogHandler(label: label)
      }
    }
    logger.logLevel = Logger.Level(rawValue: log.level.rawValue) ?? .info
    return logger
  }
}
