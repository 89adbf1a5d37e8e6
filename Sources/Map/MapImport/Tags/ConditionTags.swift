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
    let conditional: StaticString
    let plain: StaticString
    let isUnderstood: @Sendable (String) -> Bool

    init(_ conditional: StaticString, _ plain: StaticString, _ isUnderstood: @escaping @Sendable (String) -> Bool) {
      self.conditional = conditional
      self.plain = plain
      self.isUnderstood = isUnderstood
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

  private static let keys: [Key] = [
    Key("maxspeed:conditional", "maxspeed") { SpeedTags.isUnderstood($0) },
    Key("maxspeed:forward:conditional", "maxspeed:forward") { SpeedTags.isUnderstood($0) },
    Key("maxspeed:backward:conditional", "maxspeed:backward") { SpeedTags.isUnderstood($0) },
    Key("oneway:conditional", "oneway") { OnewayTags.isUnderstood($0) },
    Key("access:conditional", "access") { AccessTags.isUnderstood($0) },
    Key("access:forward:conditional", "access:forward") { AccessTags.isUnderstood($0) },
    Key("access:backward:conditional", "access:backward") { AccessTags.isUnderstood($0) },
    Key("vehicle:conditional", "vehicle") { AccessTags.isUnderstood($0) },
    Key("vehicle:forward:conditional", "vehicle:forward") { AccessTags.isUnderstood($0) },
    Key("vehicle:backward:conditional", "vehicle:backward") { AccessTags.isUnderstood($0) },
    Key("motor_vehicle:conditional", "motor_vehicle") { AccessTags.isUnderstood($0) },
    Key("motor_vehicle:forward:conditional", "motor_vehicle:forward") { AccessTags.isUnderstood($0) },
    Key("motor_vehicle:backward:conditional", "motor_vehicle:backward") { AccessTags.isUnderstood($0) },
    Key("motorcar:conditional", "motorcar") { AccessTags.isUnderstood($0) },
    Key("motorcar:forward:conditional", "motorcar:forward") { AccessTags.isUnderstood($0) },
    Key("motorcar:backward:conditional", "motorcar:backward") { AccessTags.isUnderstood($0) },
  ]
}
