/// The files of the profiles that come with the engine: those of `BuiltIn`, embedded by the build.
enum BuiltInProfiles {
  /// Each stands behind the one that it is based on.
  static let files: [(name: String, text: String)] = [
    ("car", PackageResources.car_toml),
    ("ambulance", PackageResources.ambulance_toml),
    ("fire_engine", PackageResources.fire_engine_toml),
    ("police", PackageResources.police_toml),
    ("ambulance_routine", PackageResources.ambulance_routine_toml),
    ("fire_engine_routine", PackageResources.fire_engine_routine_toml),
    ("police_routine", PackageResources.police_routine_toml),
  ].map { ($0, String(decoding: $1, as: UTF8.self)) }

  /// What `car`, which explains every key, says of each one: the comment above it, by the key's dotted path.
  static let explanations: [String: String] = {
    var (explanations, section, comment) = ([String: String](), "", "")
    for line in files[0].text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("#") {
        comment += line + "\n"
      } else {
        if line.hasPrefix("[") { section = line.dropFirst().dropLast() + "." }
        if let equals = line.firstRange(of: " = ") { explanations[section + line[..<equals.lowerBound]] = comment }
        comment = ""
      }
    }
    return explanations
  }()
}
