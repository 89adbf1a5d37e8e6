extension Coordinate {
  /// The middle of places that lie within half the earth of each other, on either side of the antimeridian; `nil`
  /// without any. O(n).
  public static func middle(of places: some Collection<Coordinate>) -> Coordinate? {
    guard let first = places.first else { return nil }
    let sums = places.reduce(into: (north: 0, east: 0)) { sums, place in
      sums.north += Int(place.latitudeE7)
      sums.east += Int(longitudeDifferenceE7(from: first.longitudeE7, to: place.longitudeE7))
    }
    return Coordinate(
      latitudeE7: Int32(sums.north / places.count),
      longitudeE7: .wrappedLongitude(Int64(first.longitudeE7) + Int64(sums.east / places.count)))
  }
}
