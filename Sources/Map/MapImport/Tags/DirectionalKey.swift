/// A direction of an OSM way.
enum TagDirection: CaseIterable {
  case forward, backward
}

/// A key that may also be given for one direction: `maxspeed`, `maxspeed:forward`, `maxspeed:backward`.
struct DirectionalKey {
  let plain: TagKey
  let forward: TagKey
  let backward: TagKey

  init(_ name: String) {
    (plain, forward, backward) = (TagKey(name), TagKey(name + ":forward"), TagKey(name + ":backward"))
  }

  /// The key of one direction alone.
  func only(_ direction: TagDirection) -> TagKey { direction == .forward ? forward : backward }
}

extension OSMTags {
  /// The value for one direction: the directional key wins over the plain one.
  subscript(key: DirectionalKey, direction: TagDirection) -> String? { self[key.only(direction)] ?? self[key.plain] }

  /// All values of a key, with or without a direction.
  func values(_ key: DirectionalKey) -> [String] { [key.plain, key.forward, key.backward].compactMap { self[$0] } }
}

extension String {
  /// The values of a list such as `asphalt;gravel`, without the spaces around them.
  var listed: [String] {
    guard utf8.contains(UInt8(ascii: ";")) else { return [self] }
    return split(separator: ";").map { part in
      var part = part.drop { $0 == " " }
      while part.last == " " { part.removeLast() }
      return String(part)
    }
  }
}
