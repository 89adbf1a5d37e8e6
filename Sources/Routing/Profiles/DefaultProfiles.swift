// Written by Maps/Profiles/embed: edit the TOML files there, then run it.

/// The profiles that come with the engine, byte for byte as they stand in Maps/Profiles.
enum DefaultProfiles {
  static let files: [(name: String, text: String)] = [
    (name: "ambulance", text: ambulance),
    (name: "ambulance_routine", text: ambulanceRoutine),
    (name: "car", text: car),
    (name: "fire_engine", text: fireEngine),
    (name: "fire_engine_routine", text: fireEngineRoutine),
    (name: "police", text: police),
    (name: "police_routine", text: policeRoutine),
  ]
}
