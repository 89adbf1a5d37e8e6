/// A layer of a Mapbox Vector Tile while it is written: features that share the table of their keys and values.
///
/// Source: Mapbox Vector Tile Specification 2.1. Features are given from the most important kind to the least; when one
/// doesn't fit any more its whole kind is left out, and all behind it, so that a map never shows half of a kind. Of the
/// first kind as many are there as fit. What is left out is counted (``leftOutCount``, ``leftOutKinds``).
public struct TileLayerWriter {
  public let name: String
  /// Features that didn't fit.
  public private(set) var leftOutCount = 0
  /// The kinds of those, the most important one first.
  public private(set) var leftOutKinds: [String] = []

  private let bytesMax: Int
  private var features = ProtobufBytes()
  private var keys = InternTable<String>()
  private var values = InternTable<TileValue>()
  /// Of keys and values.
  private var tableBytes = 0
  private var featureCount = 0
  private var kind: Mark?
  // Kept, so that no feature allocates memory of its own.
  private var feature = ProtobufBytes()
  private var tags = ProtobufBytes()
  private var geometry = TileGeometry()

  /// Where the features of a kind began.
  private struct Mark {
    var name: String
    var featureBytes: Int
    var featureCount: Int
    var keyCount: Int
    var valueCount: Int
    var tableBytes: Int
  }

  /// - Parameter bytesMax: of the whole layer.
  public init(_ name: String, bytesMax: Int) {
    self.name = name
    self.bytesMax = bytesMax - name.utf8.count - Self.headBytesMax
  }

  /// The major version of the specification.
  private static let specification: UInt64 = 2

  /// The layer's own fields: lengths, version, extent.
  private static let headBytesMax = 32

  /// True if there is nothing to show.
  public var isEmpty: Bool { featureCount == 0 }

  /// Adds a feature that consists of lines, if any of them lies in what the tile draws.
  ///
  /// - Parameters:
  ///   - kind: what is left out together; features of a kind come one after the other.
  ///   - lines: in units of the tile.
  ///   - isSeenAlways: true for what is to be seen however short it is.
  public mutating func add(
    kind: String, id: UInt64? = nil, lines: [[MercatorPosition]], isSeenAlways: Bool = false,
    _ tags: KeyValuePairs<String, TileValue?>
  ) {
    geometry.removeAll()
    for line in lines {
      for part in LineClipping.parts(of: line, within: TileAddress.drawnUnits) {
        geometry.add(part, isSeenAlways: isSeenAlways)
      }
    }
    if !geometry.isEmpty { add(kind, id, .lines, tags) }
  }

  /// Adds a feature that is a point, if it lies in what the tile draws.
  public mutating func add(
    kind: String, id: UInt64? = nil, point: MercatorPosition, _ tags: KeyValuePairs<String, TileValue?>
  ) {
    let drawn = TileAddress.drawnUnits
    guard drawn.contains(point.x), drawn.contains(point.y) else { return }
    geometry.removeAll()
    geometry.add(point: point)
    add(kind, id, .points, tags)
  }

  private enum GeometryType: UInt64 {
    case points = 1
    case lines = 2
  }

  private mutating func add(
    _ kind: String, _ id: UInt64?, _ type: GeometryType, _ tags: KeyValuePairs<String, TileValue?>
  ) {
    if leftOutCount > 0 { return leaveOut(kind) }
    if self.kind?.name != kind { self.kind = mark(kind) }
    let before = mark(kind)
    self.tags.removeAll()
    for case (let key, let value?) in tags {
      self.tags.append(UInt64(number(of: key)))
      self.tags.append(UInt64(number(of: value)))
    }
    feature.removeAll()
    if let id { feature.append(1, id) }
    feature.append(2, self.tags.bytes)
    feature.append(3, type.rawValue)
    feature.append(4, geometry.packed)
    features.append(2, feature.bytes)
    featureCount += 1
    if features.bytes.count + tableBytes > bytesMax { overflow(before) }
  }

  /// Takes back the kind that became too much; of the first one, the last feature alone.
  private mutating func overflow(_ last: Mark) {
    let mark = kind.flatMap { $0.featureCount > 0 ? $0 : nil } ?? last
    leftOutCount = featureCount - mark.featureCount
    leftOutKinds = [last.name]
    featureCount = mark.featureCount
    features.cut(to: mark.featureBytes)
    keys.cut(to: mark.keyCount)
    values.cut(to: mark.valueCount)
    tableBytes = mark.tableBytes
  }

  private mutating func leaveOut(_ kind: String) {
    leftOutCount += 1
    if leftOutKinds.last != kind { leftOutKinds.append(kind) }
  }

  private func mark(_ kind: String) -> Mark {
    Mark(
      name: kind, featureBytes: features.bytes.count, featureCount: featureCount, keyCount: keys.items.count,
      valueCount: values.items.count, tableBytes: tableBytes)
  }

  private mutating func number(of key: String) -> Int {
    let (number, isNew) = keys.number(of: key)
    if isNew { tableBytes += key.utf8.count + Self.entryBytesMax }
    return number
  }

  private mutating func number(of value: TileValue) -> Int {
    let (number, isNew) = values.number(of: value)
    if isNew { tableBytes += value.packed.count + Self.entryBytesMax }
    return number
  }

  /// The number and the length of a field.
  private static let entryBytesMax = 6

  /// The layer as a field of a tile. O(bytes).
  public var packed: [UInt8] {
    var layer = ProtobufBytes()
    layer.append(15, Self.specification)
    layer.append(1, name.utf8)
    var bytes = layer.bytes + features.bytes
    layer.removeAll()
    for key in keys.items { layer.append(3, key.utf8) }
    for value in values.items { layer.append(4, value.packed) }
    layer.append(5, UInt64(TileAddress.units))
    bytes += layer.bytes
    layer.removeAll()
    layer.append(3, bytes)
    return layer.bytes
  }
}

/// Things in the order in which they first came, each once.
private struct InternTable<Item: Hashable> {
  private(set) var items: [Item] = []
  private var numbers: [Item: Int] = [:]

  /// The number of an item, and whether it came for the first time. O(1).
  mutating func number(of item: Item) -> (number: Int, isNew: Bool) {
    if let known = numbers[item] { return (known, false) }
    numbers[item] = items.count
    items.append(item)
    return (items.count - 1, true)
  }

  /// Forgets all behind the first ones. O(those).
  mutating func cut(to count: Int) {
    for item in items[count...] { numbers[item] = nil }
    items.removeLast(items.count - count)
  }
}
