/// A turn restriction of the source whose members are still OSM ids.
struct SourceRestriction {
  /// What lies between `from` and `to`.
  enum Via {
    case node(Int64)
    /// In the order of the relation's members.
    case ways([Int64])
  }

  var osmID: Int64
  var from: [Int64]
  var via: Via
  var to: [Int64]
  /// What the tags make of these members, at least one.
  var rules: [RestrictionRule]
}

/// One thing that a turn restriction says.
struct RestrictionRule {
  /// Which turns it is about.
  enum Effect {
    /// The turns from `from` to `to` are forbidden.
    case ban
    /// All turns from `from` but those to `to` are forbidden.
    case only
    /// What the relation forbids otherwise is allowed.
    case free
  }

  /// The way that the turn bends, as the restriction's value tells.
  enum Bend {
    case left, right, straight, uTurn, any
  }

  /// Whom it binds.
  enum Binding {
    case everyone
    /// All but responders.
    case civilTraffic
    case responders
  }

  /// The value of the tag, for reports: `no_left_turn`, `no_left_turn:conditional`.
  var name: String
  var effect: Effect
  var bend: Bend
  var binding: Binding
  /// When it holds; `nil` always.
  var condition: String?
}
