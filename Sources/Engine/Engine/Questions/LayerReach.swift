import API
import RoadGraph
import Traffic

/// Which points of some layers lie on roads that are reached.
struct LayerReach {
  /// A point, by the position of its layer and its own.
  private struct Point: Hashable {
    var layer: Int
    var feature: Int
  }

  private let layers: [KeptLayer]
  /// The first band of each point that is reached.
  private var bands: [Point: Int] = [:]

  var isEmpty: Bool { layers.isEmpty }

  init(_ layers: [KeptLayer]) { self.layers = layers }

  /// Counts what lies on a part of a segment's road. O(points on the segment).
  mutating func add(_ part: ReachedPart, of segment: SegmentID) {
    for (number, layer) in layers.enumerated() {
      for spot in layer.placement.roads.spots(on: part.piece, of: segment, in: part.extent) {
        let point = Point(layer: number, feature: Int(spot.feature))
        bands[point] = min(bands[point] ?? part.band, part.band)
      }
    }
  }

  /// What lies within each of the first bands, those before it included.
  func counts(bandCount: Int) -> [[LayerCount]] {
    (0..<bandCount).map { last in counts { $0 <= last } }
  }

  /// What is reached, and by another reach isn't.
  func counts(withoutThoseOf other: LayerReach) -> [LayerCount] {
    var lost = self
    lost.bands = bands.filter { other.bands[$0.key] == nil }
    return lost.counts { _ in true }
  }

  private func counts(where isMeant: (Int) -> Bool) -> [LayerCount] {
    var counts = layers.map { LayerCount($0.layer.name, count: 0, weight: 0) }
    // In the order of the features: sums of weights depend on it.
    for (point, band) in bands.sorted(by: { $0.key.feature < $1.key.feature }) where isMeant(band) {
      counts[point.layer].count += 1
      counts[point.layer].weight += layers[point.layer].layer.features[point.feature].weight
    }
    return counts
  }
}
