import API

/// What a driver is told.
extension Language {
  /// A maneuver as a sentence, such as `turn sharp left onto Via Roma`.
  ///
  /// - Parameter street: the name of the street that the step leads along; empty for one without.
  public func text(_ maneuver: Maneuver, street: String) -> String {
    let (without, with) = phrases(of: maneuver)
    var values: [Phrase.Slot: String] = [.street: street]
    if let modifier = maneuver.modifier {
      (values[.turn], values[.side]) = (text(Self.turn(modifier)), text(Self.side(modifier)))
    } else {
      (values[.turn], values[.side]) = (text(.turnStraight), text(.sideStraight))
    }
    values[.exit] = maneuver.roundaboutExit.map(String.init)
    return text(street.isEmpty ? without : with, values)
  }

  /// Without and with the street.
  private func phrases(of maneuver: Maneuver) -> (Phrase, Phrase) {
    switch maneuver.kind {
    case .depart: (.depart, .departOn)
    case .arrive: (.arrive, .arriveOn)
    case .turn: (.turn, .turnOnto)
    case .newName: (.newName, .newNameOnto)
    case .continue: (.goOn, .goOnOn)
    case .merge: (.merge, .mergeOnto)
    case .onRamp: (.onRamp, .onRampOnto)
    case .offRamp: (.offRamp, .offRampOnto)
    case .fork: (.fork, .forkOnto)
    case .endOfRoad: (.endOfRoad, .endOfRoadOnto)
    case .roundabout:
      maneuver.roundaboutExit == nil ? (.roundabout, .roundaboutOn) : (.roundaboutExit, .roundaboutExitOn)
    case .exitRoundabout: (.exitRoundabout, .exitRoundaboutOnto)
    }
  }

  private static func turn(_ modifier: Maneuver.Modifier) -> Phrase {
    switch modifier {
    case .uturn: .turnRound
    case .sharpRight: .turnSharpRight
    case .right: .turnRight
    case .slightRight: .turnSlightRight
    case .straight: .turnStraight
    case .slightLeft: .turnSlightLeft
    case .left: .turnLeft
    case .sharpLeft: .turnSharpLeft
    }
  }

  private static func side(_ modifier: Maneuver.Modifier) -> Phrase {
    switch modifier {
    case .uturn: .sideBack
    case .sharpRight: .sideSharpRight
    case .right: .sideRight
    case .slightRight: .sideSlightRight
    case .straight: .sideStraight
    case .slightLeft: .sideSlightLeft
    case .left: .sideLeft
    case .sharpLeft: .sideSharpLeft
    }
  }
}
