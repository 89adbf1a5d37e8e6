import API
import Traffic

/// What WZDx's `vehicle_impact` costs.
enum WZDxImpact {
  /// `nil` if it costs nothing, or nobody knows.
  static func effect(of properties: JSONObject, _ notes: inout RecordNotes) -> RoadEffect? {
    switch properties.text("vehicle_impact") {
    case "all-lanes-closed":
      return .closed
    case "some-lanes-closed", "some-lanes-closed-merge-left", "some-lanes-closed-merge-right",
      "some-lanes-closed-split":
      return .factor(FeedDefaults.lanesClosedFactor)
    case "alternating-one-way", "flagging", "temporary-traffic-signal":
      return .delay(seconds: FeedDefaults.alternatingDelaySeconds)
    // Where traffic is slower for it, there is a reduced speed limit, which counts by itself.
    case "all-lanes-open", "all-lanes-open-shift-left", "all-lanes-open-shift-right":
      return nil
    case "", "unknown":
      notes.add(.unknownEffect, "the vehicle_impact is missing", value: properties.text("vehicle_impact"))
      return nil
    case let other:
      notes.add(.unknownWord, "the vehicle_impact is unknown", value: other)
      return nil
    }
  }
}
