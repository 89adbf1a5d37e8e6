import Hierarchy
import RoadGraph

/// Where a search begins for trips from some places.
struct TripSources {
  private let origins: [TripOrigin]
  private let departures: [TripSearch.Departure]
  /// Added to all offsets, as none may be negative.
  private let shift: Int64

  init(_ origins: [TripOrigin], of search: TripSearch) {
    self.origins = origins
    departures = origins.enumerated().flatMap { number, origin in search.departures(from: origin, number: number) }
    shift = -min(0, departures.map(\.lead).min() ?? 0)
  }

  var terminals: [Terminal] { departures.map { Terminal($0.arc, offset: Weight($0.lead + shift)) } }

  /// The arc on which a source lies, by its position in ``terminals``.
  func arc(_ source: Int) -> ArcID { departures[source].arc }

  /// The weight of a trip whose search began with the offsets of ``terminals``.
  func unshifted(_ weight: Weight) -> Weight { Weight(max(0, Int64(weight) - shift)) }

  /// The source from which a many-to-one search has the least weight, and the trip's weight; `nil` if there is no way.
  func fastest(with search: LazyRPHAST) -> (source: Int, weight: Weight)? {
    departures.indices.compactMap { source in
      search.weight(from: departures[source].arc, after: departures[source].lead).map { (source, $0) }
    }.min { $0.1 < $1.1 }
  }

  /// The trip of a path that a search found.
  ///
  /// - Parameter source: the position of the path's beginning in ``terminals``.
  func trip(_ arcs: [ArcID], weight: Weight, from source: Int, to arrival: TripSearch.Arrival) -> Trip {
    let departure = departures[source]
    return Trip(
      arcs: departure.arcsBefore + arcs + arrival.arcsInside, start: origins[departure.origin].place.position,
      end: arrival.place.position, weight: weight, entered: arrival.edge,
      turnRoundMilliseconds: departure.turnRoundMilliseconds)
  }
}

extension LazyRPHAST {
  /// The weight of a trip that begins `lead` before the start of an arc; `nil` if there is no way.
  func weight(from arc: ArcID, after lead: Int64) -> Weight? {
    let weight = weight(from: arc)
    return weight < .infinity ? Weight(max(0, Int64(weight) + lead)) : nil
  }
}
