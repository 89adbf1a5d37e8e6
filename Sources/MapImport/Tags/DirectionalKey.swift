/// A direction of an OSM way.
enum WayDirection: CaseIterable {
  case forward, backward
}

/// A key that may also be given for one direction: `maxspeed`, `maxspeed:forward`, `maxspeed:backward`.
struct DirectionalKey {
  let plain: StaticString
  let forward: StaticString
  let backward: StaticString

  init(_ plain: StaticString, _ forward: StaticString, _ backward: StaticString) {
    self.plain = plain
    self.forward = forward
    self.backward = backward
  }
}

extension OSMTags {
  /// The value for one direction: the directional key wins over the plain one.
  subscript(key: DirectionalKey, direction: WayDirection) -> String? {
    self[direction == .forward ? key.forward : key.backward] ?? self[key.plain]
  }
}
