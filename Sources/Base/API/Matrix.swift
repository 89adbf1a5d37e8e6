import Foundation
import Geometry

/// How long one vehicle takes between each of some places and each of some others.
public struct MatrixRequest: Sendable {
  /// At least one, at most ``Limits/matrixPlacesMax``; with the destinations at most ``Limits/matrixCellsMax`` pairs.
  public var origins: [Place]
  public var destinations: [Place]
  public var profile: String
  /// Ways that take longer count as none.
  public var travelSecondsMax: Double?
  /// Whether the lengths of the ways are wanted, too; slower.
  public var wantsLengths = false
  /// For every place.
  public var reach = SnapReach()
  /// Closures that hold for this question only, at most ``Limits/whatIfClosuresMax``. Their times don't matter.
  public var whatIf: [RoadClosure] = []
  /// When the vehicles leave, at most a year ahead: what is known of traffic then counts. `nil` is now.
  public var departAt: Date?

  public init(origins: [Place], destinations: [Place], profile: String) {
    (self.origins, self.destinations, self.profile) = (origins, destinations, profile)
  }

  /// How many pairs of places there are.
  public var cellCount: Int { origins.count * destinations.count }
}

/// The travel times between places. Each is what a route between the two says.
public struct MatrixAnswer: Sendable, Equatable {
  public var version: UInt64
  /// What its times rest on.
  public var basis = SpeedBasis.live
  /// The road nearest to each origin; `nil` where none is near: its row has no ways.
  public var origins: [SnappedPlace?]
  /// The same of each destination and its column.
  public var destinations: [SnappedPlace?]
  /// Row by row, a row for each origin; ``noWay`` where there is none.
  public var travelSeconds: [Double] = []
  /// The same for lengths; empty unless they were asked for.
  public var lengthMeters: [Double] = []
  /// The cells whose way is a last resort, counted row by row from 0, ascending.
  public var lastResorts: [UInt32] = []

  /// The time and the length of a way that isn't there.
  public static let noWay = -1.0

  public init(version: UInt64, origins: [SnappedPlace?], destinations: [SnappedPlace?]) {
    (self.version, self.origins, self.destinations) = (version, origins, destinations)
  }

  /// The travel time between two places by their positions; `nil` if there is no way. O(1).
  public func travelSeconds(from origin: Int, to destination: Int) -> Double? {
    let seconds = travelSeconds[origin * destinations.count + destination]
    return seconds == Self.noWay ? nil : seconds
  }

  /// How many pairs have a way. O(cells).
  public var wayCount: Int { travelSeconds.reduce(0) { $0 + ($1 == Self.noWay ? 0 : 1) } }
}

// MARK: In pieces

extension MatrixAnswer {
  /// A piece has about this many cells.
  static let pieceCells = 1 << 16

  /// The answer in pieces of whole rows. Put together, lists one behind the other, they are the answer.
  public var pieces: [MatrixAnswer] {
    let rowCount = max(Self.pieceCells / max(destinations.count, 1), 1)
    return stride(from: 0, to: max(origins.count, 1), by: rowCount).map { first in
      let cells = (first * destinations.count)..<(min(first + rowCount, origins.count) * destinations.count)
      var piece = MatrixAnswer(
        version: version, origins: first == 0 ? origins : [], destinations: first == 0 ? destinations : [])
      piece.basis = basis
      piece.travelSeconds = Array(travelSeconds[cells])
      if !lengthMeters.isEmpty { piece.lengthMeters = Array(lengthMeters[cells]) }
      piece.lastResorts = lastResorts.filter { cells.contains(Int($0)) }
      return piece
    }
  }
}

extension Validation {
  /// - Throws: ``EngineError`` for the first value of the request that can't be answered.
  public static func matrix(_ request: MatrixRequest) throws(EngineError) {
    for (places, name) in [(request.origins, "origin"), (request.destinations, "destination")] {
      guard !places.isEmpty else {
        throw EngineError(.invalidArgument, "a matrix needs at least one \(name)", value: "0 \(name)s")
      }
      try atMost(Limits.matrixPlacesMax, "matrix_places", places.count, "too many \(name)s")
    }
    try atMost(Limits.matrixCellsMax, "matrix_cells", request.cellCount, "too many pairs of places")
    for (number, place) in request.origins.enumerated() {
      try named("origin \(number)") { () throws(EngineError) in try self.place(place) }
    }
    for (number, place) in request.destinations.enumerated() {
      try named("destination \(number)") { () throws(EngineError) in try self.place(place) }
    }
    try positive(request.travelSecondsMax, "the largest travel time")
    try reach(request.reach)
  }
}
