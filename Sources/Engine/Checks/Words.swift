import API
import Foundation

/// Roads, times and rules as findings call them.
enum Words {
  static func road(_ place: SnappedPlace) -> String { road(name: place.name, way: place.wayOSMID) }

  static func road(name: String, way: Int64) -> String { name.isEmpty ? "way \(way)" : "\(name) (way \(way))" }

  static func length(_ meters: Double) -> String {
    meters < 1_000 ? "\(Int(meters.rounded())) m" : String(format: "%.1f km", meters / 1_000)
  }

  static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    return whole < 120 ? "\(whole) s" : String(format: "%d:%02d min", whole / 60, whole % 60)
  }

  /// ` and 2 more`; nothing for none.
  static func more(_ count: Int) -> String { count > 0 ? " and \(count) more" : "" }

  /// `turn_ban at Via Roma (12)`.
  static func exemption(_ used: UsedExemption) -> String {
    "\(used.kind) at \(used.name.isEmpty ? "\(used.osmID)" : "\(used.name) (\(used.osmID))")"
  }
}
