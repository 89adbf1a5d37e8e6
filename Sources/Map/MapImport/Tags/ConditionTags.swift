import TimeRules

/// What tags of an OSM way say to hold at times only: `access:conditional` and the like.
///
/// A clause `value @ (condition)` makes a candidate: the way's tags with that value in place of the key's own. Clauses
/// whose value or condition is not understood are logged and left out. Source: OSM wiki, Conditional restrictions.
struct ConditionTags {
  let log: DropLog

  /// A way's tags while a condition holds.
  struct Candidate {
    let condition: String
    let tags: OSMTags
  }

  private struct Key: Sendable {
    let conditional: TagKey
    let plain: TagKey
    let isUnderstood: @Sendable (String) -> Bool

    init(_ name: String, _ isUnderstood: @escaping @Sendable (String) -> Bool) {
      (conditional, plain, self.isUnderstood) = (TagKey(name + ":conditional"), TagKey(name), isUnderstood)
    }
  }

  /// In the order of the text, key by key. Of several that hold at once the last one counts, so that what closes a
  /// road comes behind what slows it.
  func candidates(_ way: OSMWay) -> [Candidate] {
    guard way.tags.hasKey(endingWith: ":conditional") else { return [] }
    return Self.keys.flatMap { key in
      way.tags[key.conditional].map { candidates($0, key, way) } ?? []
    }
  }

  private func candidates(_ text: String, _ key: Key, _ way: OSMWay) -> [Candidate] {
    guard let tag = ConditionalTag(text) else {
      log.drop(.conditionNotUnderstood, osmID: way.id, value: "\(key.conditional)=\(text)")
      return []
    }
    return tag.clauses.compactMap { clause in
      guard clause.rule != nil, key.isUnderstood(clause.value) else {
        let value = "\(key.conditional)=\(clause.value) @ (\(clause.condition))"
        log.drop(.conditionNotUnderstood, osmID: way.id, value: value)
        return nil
      }
      return Candidate(condition: clause.condition, tags: way.tags.replacing(key.plain, with: clause.value))
    }
  }

  private static let keys: [Key] =
    keys("maxspeed", SpeedTags.isUnderstood) + [Key("oneway", OnewayTags.isUnderstood)]
    + ["access", "vehicle", "motor_vehicle", "motorcar"].flatMap { keys($0, AccessTags.isUnderstood) }

  /// A key for both directions, then for each of them.
  private static func keys(_ name: String, _ isUnderstood: @escaping @Sendable (String) -> Bool) -> [Key] {
    ["", ":forward", ":backward"].map { Key(name + $0, isUnderstood) }
  }
}
