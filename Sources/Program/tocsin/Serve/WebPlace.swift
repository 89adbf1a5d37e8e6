import Monitoring
import Settings
import WebPages
import WebServer

/// What `tocsin serve` shows on the web.
enum WebPlace {
  static func settings(
    _ configuration: ServerConfiguration.Web, _ registry: PrometheusRegistry, _ state: ServingState
  ) -> WebSettings {
    var settings = WebSettings()
    (settings.hosts, settings.origins) = (configuration.hosts, configuration.origins)
    settings.metrics = {
      PageAnswer(contentType: ExpositionText.contentType, body: Array(registry.exposition().utf8))
    }
    settings.health = {
      let phase = state.phase
      return PageAnswer(
        status: phase == .serving ? 200 : 503, contentType: "text/plain; charset=utf-8", body: Array("\(phase)\n".utf8))
    }
    return settings
  }
}
