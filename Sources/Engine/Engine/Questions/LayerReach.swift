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
  private var pointsOnPiece: [PieceID: [(fraction: UInt32, point: Point)]] = [:]
  /// The first band of each point that is reached.
  private var bands: [Point: Int] = [:]

  var isEmpty: Bool { layers.isEmpty }

  /// O(features).
  init(_ layers: [KeptLayer]) {
    self.layers = layers
    for (number, layer) in layers.enumerated() {
      for (feature, position) in layer.positions.enumerated() {
        guard let position else { continue }
        pointsOnPiece[position.piece, default: []].append(
          (position.fraction, Point(layer: number, feature: feature)))
      }
    }
  }

  /// Counts what lies on a part of a road.
  mutating func add(_ part: ReachedPart) {
    guard let points = pointsOnPiece[part.piece] else { return }
    for (fraction, point) in points where part.extent.contains(fraction) {
      bands[point] = min(bands[point] ?? part.band, part.band)
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
