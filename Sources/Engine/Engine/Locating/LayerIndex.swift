import API
import Geometry
import PlaceNames
import Synchronization

/// What makes the points of a layer found: by place and by name. Made when they are first asked for.
final class LayerIndex: Sendable {
  /// The points in the order of the tree, by the positions of their features.
  private struct Points: Sendable {
    let features: [Int]
    let coordinates: [Coordinate]
    let boxes: [BoundingBox]
  }

  let layer: KeptLayer
  private let points = Mutex<Points?>(nil)
  private let names = Mutex<NameTable?>(nil)

  init(_ layer: KeptLayer) { self.layer = layer }

  /// The nearest points, by distance. O(log points), and O(points log points) the first time.
  func nearest(to place: Coordinate, within meters: Double, count: Int) -> [(feature: Int, meters: Double)] {
    let points = self.points.withLock { known in
      let made = known ?? Self.points(of: layer)
      known = made
      return made
    }
    let plane = LocalPlane(around: place)
    var found: [(feature: Int, meters: Double)] = []
    points.boxes.withUnsafeBufferPointer { boxes in
      PackedRTree(itemCount: points.features.count, boxes: boxes).visitNearest(in: plane, radiusMeters: meters) {
        item in
        points.coordinates[item].distanceMeters(to: place)
      } visit: { item, meters in
        found.append((points.features[item], meters))
        return found.count < count
      }
    }
    return found
  }

  /// Features whose ids or names begin like a text. O(log features), and O(bytes log features) the first time.
  func features(like text: String) -> [(feature: Int, fit: NameTable.Fit)] {
    let names = self.names.withLock { known in
      let made = known ?? Self.names(of: layer)
      known = made
      return made
    }
    return names.items(like: text).map { (Int($0.item), $0.fit) }
  }

  private static func points(of layer: KeptLayer) -> Points {
    // Points first: Swift 6.3.1 fails on loops over features when it optimises.
    let all = layer.layer.features.map(\.point)
    let features = all.indices.filter { all[$0] != nil }
    let coordinates = all.compactMap(\.self)
    let boxes = coordinates.map { BoundingBox(of: CollectionOfOne($0)) }
    let order = PackedRTree.order(of: boxes)
    return Points(
      features: order.map { features[$0] }, coordinates: order.map { coordinates[$0] },
      boxes: PackedRTree.boxes(of: order.map { boxes[$0] }))
  }

  private static func names(of layer: KeptLayer) -> NameTable {
    let (ids, names) = (layer.layer.features.map(\.id), layer.layer.features.map(\.name))
    return NameTable(
      ids.indices.flatMap { number in
        names[number].isEmpty || names[number] == ids[number]
          ? [(name: ids[number], item: UInt32(number))]
          : [(name: ids[number], item: UInt32(number)), (name: names[number], item: UInt32(number))]
      })
  }
}

/// What places are found by on one map, made when it is first asked for.
final class LocateIndexes: Sendable {
  private let names = Mutex<MapNameIndex?>(nil)
  private let layers = Mutex<[String: LayerIndex]>([:])
  private let markers = Mutex<(layer: KeptLayer?, markers: KilometreMarkers)?>(nil)

  /// The names of the map. Whoever asks first waits for them, and so do those who ask meanwhile.
  func names(of map: CityMap) -> MapNameIndex {
    names.withLock { known in
      let made = known ?? MapNameIndex(map.network)
      known = made
      return made
    }
  }

  /// The index of a layer as it is now.
  func index(of layer: KeptLayer) -> LayerIndex {
    layers.withLock { known in
      if let index = known[layer.layer.name], index.layer === layer { return index }
      let index = LayerIndex(layer)
      known[layer.layer.name] = index
      return index
    }
  }

  /// Forgets layers that were removed.
  func keep(_ shelf: LayerShelf) {
    layers.withLock { known in known = known.filter { shelf[name: $0.key] === $0.value.layer } }
  }

  /// The markers of a layer and of the map.
  func markers(_ layer: KeptLayer?, on map: CityMap) -> KilometreMarkers {
    markers.withLock { known in
      if let known, known.layer === layer { return known.markers }
      let made = KilometreMarkers(map.network.milestones + (layer?.signs ?? []), on: map.network)
      known = (layer, made)
      return made
    }
  }
}

extension KeptLayer {
  /// The points with a kilometre, as signs.
  fileprivate var signs: [KilometreSign] {
    let (points, tags) = (layer.features.map(\.point), layer.features.map(\.tags))
    return points.indices.compactMap { number in
      func tag(_ key: String) -> String { tags[number].first { $0.key == key }?.value ?? "" }
      guard let point = points[number],
        let kilometres = Double(tag("km").replacing(",", with: ".")), kilometres.isFinite
      else { return nil }
      return KilometreSign(road: tag("ref"), direction: tag("direction"), meters: kilometres * 1_000, point)
    }
  }
}
