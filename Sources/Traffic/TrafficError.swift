/// Why a closure can't be taken.
public enum TrafficError: Error, Hashable, Sendable {
  /// The map has no road with this OSM way id.
  case unknownWay(osmID: Int64)
  /// No road lies within the selector.
  case nothingMatched(RoadSelector)
  /// A closure with this id and a higher revision is known.
  case staleRevision(id: String, known: UInt64, given: UInt64)
  /// No closure has this id.
  case unknownClosure(id: String)
}
