extension Coordinate {
  /// The middle of places that lie within half the earth of each other, on either side of the antimeridian; `nil`
  /// without any. O(n).
  public static func middle(of places: some Collection<Coordinate>) -> Coordinate? {
    guard let first = places.first else { return nil }
    // The short way around the earth: a difference wraps as angles do.
    let sums = places.reduce(into: (north: 0, east: 0)) { sums, place in
      sums.north += Int(place.latitudeE7)
      sums.east += shortWayE7(Int(place.longitudeE7) - Int(first.longitudeE7))
    }
    let longitudeE7 = shortWayE7(Int(first.longitudeE7) + sums.east / places.count)
    return Coordinate(latitudeE7: Int32(sums.north / places.count), longitudeE7: Int32(longitudeE7))
  }

  private static func shortWayE7(_ difference: Int) -> Int {
    difference > halfTurnE7
      ? difference - 2 * halfTurnE7 : difference < -halfTurnE7 ? difference + 2 * halfTurnE7 : difference
  }

  private static let halfTurnE7 = 1_800_000_000
}
