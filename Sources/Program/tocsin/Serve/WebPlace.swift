import MapPages
import Monitoring
import OSRMPages
import OpenAPIPages
import Settings
import WebPages
import WebServer

/// What `tocsin serve` shows on the web.
enum WebPlace {
  static func settings(
    _ configuration: ServerConfiguration.Web, profiles: [String], _ registry: PrometheusRegistry, _ state: ServingState
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
    let driving = drivingProfile(among: profiles)
    let pages = OSRMPages(profiles: ["driving": driving]).folders + MapFolders.all
    settings.folders = pages + [OpenAPIFolder(version: Tocsin.version, folders: pages)]
    return settings
  }

  /// What OSRM's clients call driving: ordinary cars, or the first vehicles where none are served.
  private static func drivingProfile(among profiles: [String]) -> String {
    let car = "car"
    return profiles.contains(car) ? car : profiles.first ?? car
  }
}
