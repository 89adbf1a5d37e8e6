import API

extension Language {
  /// What kind of place a text means.
  public func text(_ kind: FoundPlace.Kind) -> String {
    switch kind {
    case .coordinate: text(.kindCoordinate)
    case .pointNumber: text(.kindPointNumber)
    case .kilometre: text(.kindKilometre)
    case .crossing: text(.kindCrossing)
    case .junction: text(.kindJunction)
    case .street: text(.kindStreet)
    case .station: text(.kindStation)
    case .feature: text(.kindFeature)
    }
  }
}
