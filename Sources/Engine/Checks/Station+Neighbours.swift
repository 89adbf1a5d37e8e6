import Fleet

extension Station {
  /// One station for each house: those of several agencies under one roof are looked at once. O(stations²).
  static func houses(_ stations: [Station]) -> [Station] {
    var houses: [(station: Station, count: Int)] = []
    for station in stations {
      let home = houses.firstIndex {
        $0.station.coordinate.distanceMeters(to: station.coordinate) <= CheckLimits.samePlaceMeters
      }
      if let home { houses[home].count += 1 } else { houses.append((station, 1)) }
    }
    return houses.map { house in
      var station = house.station
      station.name += Words.more(house.count - 1)
      return station
    }
  }

  /// The stations nearest to each one, as the crow flies. O(stations² log stations).
  static func neighbours(of stations: [Station], count: Int) -> [[Int]] {
    stations.indices.map { index in
      let place = stations[index].coordinate
      return stations.indices
        .map { (index: $0, meters: stations[$0].coordinate.distanceMeters(to: place)) }
        .filter { $0.index != index }
        .sorted { ($0.meters, $0.index) < ($1.meters, $1.index) }
        .prefix(count).map(\.index)
    }
  }
}
