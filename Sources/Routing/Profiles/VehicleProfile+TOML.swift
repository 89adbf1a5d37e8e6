import TOMLText

extension VehicleProfile {
  /// Reads a profile. Keys that the text leaves out are those of `base`.
  ///
  /// - Parameters:
  ///   - toml: the text of a profile file.
  ///   - file: what errors call it.
  ///   - base: finds the profile that `based_on` names, or the default one for `nil`.
  /// - Throws: a key that the schema lacks, a wrong type or a value out of range is never overlooked.
  public init(toml: String, file: String, base: (_ name: String?) -> VehicleProfile?) throws(FileError) {
    var reader = try TOMLReader(toml: toml, file: file, family: .profile)
    let baseName = try reader.string("based_on")
    guard var profile = base(baseName) else {
      throw reader.bad("based_on", baseName ?? "", "no such profile to be based on")
    }
    try profile.readHead(&reader)
    try profile.visitKeys(&reader)
    try reader.finish()
    self = profile
  }

  private mutating func readHead(_ reader: inout TOMLReader) throws(FileError) {
    guard let name = try reader.string("name") else { throw reader.bad("name", "", "a profile needs a name") }
    guard name.utf8.count <= ProfileLimits.nameLength, name.wholeMatch(of: /[a-z0-9_-]+/) != nil else {
      throw reader.bad("name", name, "a name is 1 to 64 of a-z, 0-9, _ and -")
    }
    self.name = name
    if let summary = try reader.string("summary") { self.summary = summary }
    if let siren = try reader.choice("siren", Siren.self) { self.siren = siren }
  }
}

/// What a profile may contain.
enum ProfileLimits {
  static let nameLength = 64
  /// A profile file is a few kilobytes; what is larger isn't one.
  static let fileBytes = 256 * 1024
  /// A day: anything longer is "never".
  static let seconds = 0.0...86_400
  static let kmh = 1.0...300
  static let factor = 0.1...5
  static let share = 0.0...2
  /// No vehicle on roads is larger; 0 is small enough for every limit.
  static let heightMeters = 0.0...10
  static let widthMeters = 0.0...10
  static let lengthMeters = 0.0...50
  static let tonnes = 0.0...200
  /// Nobody walks farther in time.
  static let walkMeters = 0.0...200
  static let reluctance = 1.0...100
}
