import Foundation

/// What traffic centres and hospitals publish and Tocsin reads.
public enum FeedFormat: String, CaseIterable, Sendable {
  /// OSRM's `--segment-speed-file`: `from,to,km/h[,rate]`.
  case osrmSpeeds = "osrm-speeds"
  /// OSRM's `--turn-penalty-file`: `from,via,to,seconds[,weight]`.
  case osrmTurns = "osrm-turns"
  /// Work Zone Data Exchange 4.x, GeoJSON.
  case wzdx
  /// Waze's Closure and Incident Feed Specification, XML or JSON.
  case cifs
  /// Events of Korea's national traffic centre, JSON.
  case itsEvents = "its-events"
  /// Link speeds of Korea's national traffic centre, JSON.
  case itsSpeeds = "its-speeds"
  /// What hospitals say of themselves: EDXL-HAVE 1.0, XML.
  case have

  /// The zone of times that come without one, if the caller knows no better.
  var timeZone: TimeZone {
    self == .itsEvents || self == .itsSpeeds ? TimeZone(identifier: "Asia/Seoul") ?? .gmt : .gmt
  }
}
