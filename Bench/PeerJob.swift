import Geometry

/// A task that the worker for comparisons gets, as one line of JSON: `{"weights":{"pairs":[[7,9]]}}`.
///
/// Arcs and turns are numbered as `tocsin export` writes them, places are [latitude, longitude] in degrees.
enum PeerJob: Decodable {
  /// The sizes of graph and hierarchy, and the arcs of the main road network.
  case describe
  /// The travel time between each pair of arcs.
  case weights(pairs: [[UInt32]])
  /// Full customizations with the weights of now.
  case customize(calls: Int, isParallel: Bool)
  /// One change of weights after the other, each until queries see it.
  case update(changes: [PeerChange])
  /// Replaces the fleet: one unit at each place.
  case fleet(places: [[Double]])
  /// The fastest of the fleet to each place.
  case fastest(places: [[Double]], count: Int)
  /// The travel times between all arcs of two sets, sources and targets; each answer is the sum of a table.
  case matrix(sets: [[[UInt32]]])
  /// How far one gets from each place within some seconds, as outlines; each answer is a length of road in metres.
  case reach(places: [[Double]], seconds: Double)
  /// A route with shape and steps between each pair of places.
  case routes(pairs: [[[Double]]])
}

/// New weights for the turns out of some arcs.
struct PeerChange: Decodable {
  let arcs: [UInt32]
  /// What the weights without traffic are multiplied by; `nil` closes the arcs.
  let factor: UInt32?
}

/// What a series of calls took and gave.
struct PeerAnswer: Encodable {
  /// Of each call, ascending.
  var nanoseconds: [UInt64]
  /// Of all calls and all threads.
  var cpuNanoseconds: UInt64
  /// Of each call in the order of the job: a weight in milliseconds; ``Weight/infinity`` where there is no way.
  var answers: [UInt32]
}

/// What is compared on.
struct PeerDescription: Encodable {
  var vertices: Int
  var arcs: Int
  var turns: Int
  var hierarchyArcs: Int
  var triangles: Int
  var treeHeight: Int
  var mainArcs: [UInt32]
}
