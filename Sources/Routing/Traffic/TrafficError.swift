import API

/// Why something about traffic can't be taken.
public enum TrafficError: Error, Hashable, Sendable {
  /// The map has no road with this OSM way id.
  case unknownWay(osmID: Int64)
  /// No road connects these OSM nodes, or none on the way that was named.
  case unknownNodes(OSMNodePair)
  /// The link table has no link with this id.
  case unknownLink(id: String)
  /// No road lies within the selector, on the levels that are meant.
  case nothingMatched(RoadSelector)
  /// The hours are no hours that are understood.
  case unknownHours(id: String, hours: String)
  /// The closure is over at the moment that was asked for, or never begins.
  case nothingInTime(RoadClosure)
  /// A closure with this id and a higher revision is known.
  case staleRevision(id: String, known: UInt64, given: UInt64)
  /// No closure has this id.
  case unknownClosure(id: String)
  /// Finding its roads would take a look at more than this many stretches.
  case tooManyRoads(Int)
  /// The caller's time was over before its roads were found.
  case ended(EngineError)
  /// This many sources of speeds at the same time are too many.
  case tooManySources(Int)
}
