import RoadGraph
import TOMLText

extension VehicleProfile {
  /// The profile as the text of a file, with every key, and above it what `car` says of it. Read again, the text is the
  /// same profile, whatever the profiles around it say. O(keys).
  public var toml: String { written.text }

  /// Each value as a file has it, by dotted key, such as `30` by `speeds.residential`. O(keys).
  public var values: [String: String] { written.values }

  private var written: ProfileTextWriter {
    var (profile, writer) = (self, ProfileTextWriter())
    writer.write("name", name.quotedForTOML)
    writer.write("summary", summary.quotedForTOML)
    writer.write("siren", siren.rawValue.quotedForTOML)
    // A writer refuses nothing and changes nothing.
    try? profile.visitKeys(&writer)
    return writer
  }
}

/// Writes each key on a line of its own.
private struct ProfileTextWriter: ProfileVisitor {
  private(set) var text = ""
  private(set) var values: [String: String] = [:]
  private var path = ""

  mutating func write(_ key: String, _ value: String) {
    values[path + key] = value
    text += (BuiltInProfiles.explanations[path + key] ?? "") + "\(key) = \(value)\n"
  }

  mutating func section(_ key: String, _ visit: (inout Self) throws(FileError) -> Void) throws(FileError) {
    text += "\n[\(key)]\n"
    path = key + "."
    try visit(&self)
    path = ""
  }

  mutating func number(_ key: String, in range: ClosedRange<Double>, into target: inout Double) {
    write(key, target.plainText)
  }

  mutating func speed(_ key: String, into target: inout Double?) { write(key, target.map(\.plainText) ?? "\"never\"") }

  mutating func cap(_ key: String, into target: inout SpeedCap) {
    switch target {
    case .any: write(key, "\"any\"")
    case .kmh(let kmh): write(key, kmh.plainText)
    case .never: write(key, "\"never\"")
    }
  }

  mutating func rule(_ key: String, _ place: RulePlace, into target: inout PassageRule) {
    write(key, Self.text(of: target))
  }

  mutating func shares(into target: inout KindTable<RoadClass, Double>) {
    let shares = target
    let usual = RoadClass.allCases.max { left, right in
      RoadClass.allCases.count { shares[$0] == shares[left] } < RoadClass.allCases.count { shares[$0] == shares[right] }
    }
    let standard = usual.map { shares[$0] } ?? 1
    write("default", standard.plainText)
    for roadClass in RoadClass.allCases where shares[roadClass] != standard {
      write(roadClass.osmName, shares[roadClass].plainText)
    }
  }

  private static func text(of rule: PassageRule) -> String {
    var parts: [String] = []
    if rule.delaySeconds != 0 { parts.append("seconds = \(rule.delaySeconds.plainText)") }
    if let kmh = rule.maxKmh { parts.append("max_kmh = \(kmh.plainText)") }
    if parts.isEmpty || rule.use == .never { return rule.use.rawValue.quotedForTOML }
    if rule == PassageRule(.allowed, delaySeconds: rule.delaySeconds) { return rule.delaySeconds.plainText }
    if rule.use == .lastResort { parts.append("last_resort = true") }
    return "{ \(parts.joined(separator: ", ")) }"
  }
}
