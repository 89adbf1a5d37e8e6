/// The ways by which an engine can come to the state that it answers from. All must give the same answers.
public enum EngineSetup: String, CaseIterable, Sendable {
  /// Every change of traffic starts a new engine, which customizes with all closures in place.
  case fullCustomization
  /// One engine lives through all changes.
  case partialCustomization
  /// The map is written to a file and read back after every change.
  case reloadedFromDisk
}
