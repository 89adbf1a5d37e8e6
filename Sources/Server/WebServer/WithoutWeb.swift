#if !Web
import Calls
import Errors
import Logging
import Messages
import Server

extension TransportServer {
  /// Throws `WEB_UNAVAILABLE`: a build without the web.
  public static func web(
    configuration: Configuration, settings: WebSettings, service: CallService, logger: Logger
  ) throws(CallStatus) -> TransportServer {
    throw CallStatus(.webUnavailable, "this tocsin was built without the web")
  }
}
#endif
