/// A key that is read with `:conditional` behind it.
struct ConditionKey: Sendable {
  /// As it is tagged: `access:conditional`.
  let name: String
  /// The key whose value a clause replaces: `access`.
  let plain: TagKey
  /// The key that says the same of responders only: `emergency`.
  let forResponders: TagKey?
  private let isUnderstood: @Sendable (String) -> Bool

  static let suffix: TagKey = ":conditional"

  private init(
    _ plain: String, forResponders: String? = nil, _ isUnderstood: @escaping @Sendable (String) -> Bool
  ) {
    (name, self.plain, self.isUnderstood) = (plain + ":conditional", TagKey(plain), isUnderstood)
    self.forResponders = forResponders.map { TagKey($0) }
  }

  /// A value as its key has it, which is in small letters; `nil` if it is not understood.
  func understood(_ value: String) -> String? { [value, value.lowercased()].first(where: isUnderstood) }

  // What closes a road comes behind what slows it.
  static let ofWays =
    keys("maxspeed", SpeedTags.isUnderstood) + keys("maxspeed:advisory", SpeedTags.isUnderstood) + ofSize
    + [Self("maxlength") { isSize($0, .length) }, Self("maxweight") { isSize($0, .weight) }]
    + [Self("maxweightrating") { isSize($0, .weight) }, Self("maxaxleload") { isSize($0, .weight) }]
    + ["oneway", "oneway:vehicle", "oneway:motor_vehicle", "oneway:motorcar"].map { Self($0, OnewayTags.isUnderstood) }
    + [Self("oneway:emergency") { isFlag($0) }] + keys("hov") { isFlag($0) || isDesignated($0) } + ofAccess

  static let ofNodes = ofSize + [Self("locked") { isFlag($0) }] + ofAccess

  private static let ofSize = [Self("maxheight") { isSize($0, .height) }, Self("maxwidth") { isSize($0, .width) }]

  private static let ofAccess =
    ["access", "vehicle", "motor_vehicle", "motorcar"].flatMap { name in
      ["", ":forward", ":backward"].map {
        Self(name + $0, forResponders: "emergency" + $0, AccessTags.isUnderstood)
      }
    } + keys("emergency") { isFlag($0) || isDesignated($0) }

  /// A key for both directions, then for each of them.
  private static func keys(_ name: String, _ isUnderstood: @escaping @Sendable (String) -> Bool) -> [Self] {
    ["", ":forward", ":backward"].map { Self(name + $0, isUnderstood) }
  }

  private static func isSize(_ value: String, _ quantity: SizeText.Quantity) -> Bool {
    SizeText.meaning(of: value, quantity) != .notUnderstood
  }

  private static func isFlag(_ value: String) -> Bool { value == "yes" || value == "no" }
  private static func isDesignated(_ value: String) -> Bool { value == "designated" }
}
