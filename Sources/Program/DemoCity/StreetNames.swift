/// Names of streets, each made from a running number, so that a million of them need no memory; the first repeats
/// after more than thirty thousand.
struct StreetName: Equatable, Sendable {
  private static let stems = [
    "Maple", "Cedar", "Heron", "Lantern", "Mill", "Harbour", "Willow", "Amber", "Falcon", "Garden", "Ivory", "Juniper",
    "Kestrel", "Linden", "Meadow", "Nettle", "Orchid", "Poplar", "Quarry", "Raven", "Saffron", "Thistle", "Umber",
    "Violet", "Walnut", "Yarrow", "Alder", "Birch", "Copper", "Dover", "Elder", "Fern", "Ginkgo", "Hazel", "Indigo",
    "Jasmine", "Kiln", "Laurel", "Magnolia", "Noble", "Oak", "Pine", "Quince", "Rowan", "Silver", "Tallow", "Upland",
    "Vesper", "Weaver", "Zinnia", "Barley", "Clover", "Drummer", "Ember", "Fisher", "Glover", "Hollow", "Ironmonger",
    "Lotus", "Mason", "Północ", "São Jorge", "Señora", "Tanner",
  ]
  private static let joints = [
    "brook", "field", "ford", "gate", "wood", "bank", "stone", "well", "grove", "dale", "side", "bridge", "hurst",
    "ley", "worth", "combe", "mere", "ridge", "croft", "holme", "thorpe", "wick", "mount", "shaw", "den", "haven",
    "moor", "spring", "view", "barn", "yard", "crest",
  ]
  private static let prefixes = [
    "Upper", "Lower", "North", "South", "East", "West", "Old", "New", "Great", "Little", "Long", "High", "Far", "Near",
    "Broad", "Narrow",
  ]
  private static let suffixes: [StreetClass: [String]] = [
    .primary: ["Avenue", "Boulevard", "Road", "Parkway"],
    .secondary: ["Avenue", "Road", "Way", "Road"],
    .tertiary: ["Road", "Street", "Street", "Way"],
    .residential: ["Street", "Street", "Road", "Drive"],
    .livingStreet: ["Lane", "Row", "Walk", "Mews"],
    .service: ["Yard", "Alley", "Passage", "Wharf"],
  ]
  private static let closeSuffixes = ["Close", "Court", "Place", "Crescent"]

  /// Which of the names: the running number of the stem.
  var number: UInt32
  var roadClass: StreetClass
  var isClose = false

  /// Three levels: "Maple", "Maplebrook", "Upper Maplebrook"; within a level an odd multiplier shuffles the numbers
  /// without repeating any, since the number of stems, joints and prefixes are powers of two.
  var stem: String {
    let singles = StreetName.stems.count
    let doubles = singles * StreetName.joints.count
    var rest = Int(number)
    if rest < singles { return StreetName.stems[rest * 37 % singles] }
    rest -= singles
    let shuffled = rest % doubles * 1_155 % doubles
    let double = StreetName.stems[shuffled % singles] + StreetName.joints[shuffled / singles]
    guard rest >= doubles else { return double }
    return StreetName.prefixes[(rest / doubles - 1) % StreetName.prefixes.count] + " " + double
  }

  var text: String {
    let choices = isClose ? StreetName.closeSuffixes : StreetName.suffixes[roadClass] ?? ["Road"]
    // Past the last prefix the suffix changes as well, so that a stem comes back under another name.
    let round = Int(number) / (StreetName.stems.count * StreetName.joints.count * StreetName.prefixes.count)
    return stem + " " + choices[(Int(number) + Int(number) / 64 + round) % choices.count]
  }
}

/// The names of the bridges, most central first.
enum BridgeName {
  private static let first = [
    "Han", "Lantern", "Mill", "Heron", "Ferry", "King's", "Orchid", "Weavers'", "Iron", "Harbour", "Stone", "Amber",
    "Market", "Falcon", "Silver", "Willow", "Garrison", "Abbey", "Glass", "Poplar", "Mason", "Raven", "Lotus", "Cedar",
  ]

  static func name(_ number: Int) -> String {
    let round = number / first.count
    return (round == 0 ? "" : "New ") + first[number % first.count] + " Bridge" + (round > 1 ? " \(round)" : "")
  }
}

/// Every street's name by its number.
struct StreetBook: Sendable {
  private(set) var names: [StreetName] = []
  private var nextNumber: UInt32 = 0

  /// A new street with a new name; returns its number.
  mutating func add(_ roadClass: StreetClass, isClose: Bool = false) -> Int32 {
    names.append(StreetName(number: nextNumber, roadClass: roadClass, isClose: isClose))
    nextNumber += 1
    return Int32(names.count - 1)
  }

  /// A street that goes on under the name of another one.
  mutating func add(continuing street: Int32) -> Int32 {
    names.append(names[Int(street)])
    return Int32(names.count - 1)
  }
}
