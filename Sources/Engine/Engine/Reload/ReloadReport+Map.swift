import API
import Traffic

extension MapFacts {
  init(_ map: CityMap) {
    self.init(
      path: map.path, bytes: map.sections.reduce(0) { $0 + UInt64($1.byteCount) },
      vertexCount: map.network.vertexCount, arcCount: map.network.arcCount, wayCount: map.network.ways.count)
  }
}

extension SpeedLoss {
  mutating func add(_ matches: SpeedMatches) {
    matchedCount += matches.matchedCount
    unmatchedCount += matches.unmatchedCount
  }
}
