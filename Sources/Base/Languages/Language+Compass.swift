import Geometry

extension Language {
  /// A point of the compass as people say it.
  public func text(_ point: CompassPoint) -> String {
    // Both enums have these names: the type says which is meant.
    let phrase: Phrase =
      switch point {
      case .north: .north
      case .northEast: .northEast
      case .east: .east
      case .southEast: .southEast
      case .south: .south
      case .southWest: .southWest
      case .west: .west
      case .northWest: .northWest
      }
    return text(phrase)
  }
}
