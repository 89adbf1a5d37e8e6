/// What a language has words for: the keys of its file, by their dotted paths.
public enum Phrase: String, CaseIterable, Sendable {
  case name
  case decimalSign = "decimal_sign"

  case north = "compass.north"
  case northEast = "compass.north_east"
  case east = "compass.east"
  case southEast = "compass.south_east"
  case south = "compass.south"
  case southWest = "compass.south_west"
  case west = "compass.west"
  case northWest = "compass.north_west"

  case turnRound = "turns.uturn"
  case turnSharpRight = "turns.sharp_right"
  case turnRight = "turns.right"
  case turnSlightRight = "turns.slight_right"
  case turnStraight = "turns.straight"
  case turnSlightLeft = "turns.slight_left"
  case turnLeft = "turns.left"
  case turnSharpLeft = "turns.sharp_left"

  case sideBack = "sides.uturn"
  case sideSharpRight = "sides.sharp_right"
  case sideRight = "sides.right"
  case sideSlightRight = "sides.slight_right"
  case sideStraight = "sides.straight"
  case sideSlightLeft = "sides.slight_left"
  case sideLeft = "sides.left"
  case sideSharpLeft = "sides.sharp_left"

  case depart = "steps.depart"
  case departOn = "steps.depart_on"
  case arrive = "steps.arrive"
  case arriveOn = "steps.arrive_on"
  case turn = "steps.turn"
  case turnOnto = "steps.turn_onto"
  case newName = "steps.new_name"
  case newNameOnto = "steps.new_name_onto"
  case goOn = "steps.continue"
  case goOnOn = "steps.continue_on"
  case merge = "steps.merge"
  case mergeOnto = "steps.merge_onto"
  case onRamp = "steps.on_ramp"
  case onRampOnto = "steps.on_ramp_onto"
  case offRamp = "steps.off_ramp"
  case offRampOnto = "steps.off_ramp_onto"
  case fork = "steps.fork"
  case forkOnto = "steps.fork_onto"
  case endOfRoad = "steps.end_of_road"
  case endOfRoadOnto = "steps.end_of_road_onto"
  case roundabout = "steps.roundabout"
  case roundaboutOn = "steps.roundabout_on"
  case roundaboutExit = "steps.roundabout_exit"
  case roundaboutExitOn = "steps.roundabout_exit_on"
  case exitRoundabout = "steps.exit_roundabout"
  case exitRoundaboutOnto = "steps.exit_roundabout_onto"

  case crossing = "places.crossing"
  case towards = "places.towards"
  case after = "places.after"
  case before = "places.before"
  case bridge = "places.bridge"
  case bridgeNamed = "places.bridge_named"
  case tunnel = "places.tunnel"
  case tunnelNamed = "places.tunnel_named"
  case level = "places.level"
  case offRoad = "places.off_road"
  case nameless = "places.nameless"

  case askDeck = "questions.deck"
  case askBridge = "questions.bridge"
  case askTunnel = "questions.tunnel"
  case askTowards = "questions.towards"
  case askHeading = "questions.heading"
  case askRoad = "questions.road"

  case kindCoordinate = "kinds.coordinate"
  case kindPointNumber = "kinds.point_number"
  case kindKilometre = "kinds.kilometre"
  case kindCrossing = "kinds.crossing"
  case kindJunction = "kinds.junction"
  case kindStreet = "kinds.street"
  case kindStation = "kinds.station"
  case kindFeature = "kinds.feature"

  case titleManeuver = "titles.maneuver"
  case titleLength = "titles.length"
  case titleTime = "titles.time"
  case titleRoad = "titles.road"
  case titleWhere = "titles.where"
  case titleDirection = "titles.direction"
  case titleKilometre = "titles.kilometre"
  case titleAsk = "titles.ask"

  /// The table of the file that it stands in; empty at the top.
  var table: String { rawValue.firstIndex(of: ".").map { String(rawValue[..<$0]) } ?? "" }

  /// Its key within that table.
  var key: String { rawValue.split(separator: ".").last.map(String.init) ?? rawValue }
}

extension Phrase {
  /// What the program puts into a phrase, by the name in its braces.
  public enum Slot: String, CaseIterable, Sendable {
    case street, turn, side, exit
    case place, length, name, level, compass, road
    case one, other
  }
}
