import Foundation
import TOMLText

/// The profiles that an engine knows, by name.
public struct ProfileSet: Sendable {
  private var profilesByName: [String: VehicleProfile] = [:]

  /// Profiles given one by one; of two with the same name the last one counts.
  public init(_ profiles: [VehicleProfile]) {
    for profile in profiles { profilesByName[profile.name] = profile }
  }

  /// The profiles that come with the engine: ambulance, fire_engine, police and car, and the first three without siren.
  public static let builtIn: ProfileSet = {
    do {
      return ProfileSet(
        try DefaultProfiles.files.map { file throws(ProfileError) in
          try VehicleProfile(toml: file.text, file: "\(file.name).toml") { $0 == nil ? VehicleProfile(name: "") : nil }
        })
    } catch {
      preconditionFailure("a built-in profile is broken: \(error)")
    }
  }()

  /// Sorted.
  public var names: [String] { profilesByName.keys.sorted() }
  /// Sorted by name.
  public var profiles: [VehicleProfile] { names.compactMap { profilesByName[$0] } }

  /// The profile of this name.
  ///
  /// - Throws: `PROFILE_UNKNOWN`, with the names that there are.
  public func profile(named name: String) throws(ProfileError) -> VehicleProfile {
    guard let profile = profilesByName[name] else {
      throw ProfileError(.unknown, "no such profile; there are \(names.joined(separator: ", "))", value: name)
    }
    return profile
  }
}

extension ProfileSet {
  /// The profiles of these names alone.
  ///
  /// - Throws: `PROFILE_UNKNOWN`, with the names that there are.
  public func only(_ names: [String]) throws(ProfileError) -> ProfileSet {
    ProfileSet(try names.map { name throws(ProfileError) in try profile(named: name) })
  }

  /// The built-in profiles and those of a folder, which replace built-in ones of the same name.
  ///
  /// - Parameter directory: every file in it that ends in `.toml` is read, other files are left alone.
  /// - Throws: the first fault of the first file that has one, in the order of their names.
  public static func load(directory: String) throws(ProfileError) -> ProfileSet {
    var set = builtIn
    for path in try profileFiles(in: directory) {
      let profile = try VehicleProfile(file: path)
      set.profilesByName[profile.name] = profile
    }
    return set
  }

  private static func profileFiles(in directory: String) throws(ProfileError) -> [String] {
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: directory)
      return names.filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }.sorted().map { "\(directory)/\($0)" }
    } catch {
      throw ProfileError(.unreadable, "the folder of profiles can't be read", file: directory)
    }
  }
}

extension VehicleProfile {
  /// The profile that a text describes. Keys that it leaves out are those of the built-in profile that its `based_on`
  /// names, else of `car`, which is allowed the least.
  ///
  /// - Parameter file: what errors call the text.
  public init(toml: String, file: String) throws(ProfileError) {
    try self.init(toml: toml, file: file) { name in try? ProfileSet.builtIn.profile(named: name ?? "car") }
  }

  /// Reads a profile file; it is named like the profile: `ladder_truck.toml`.
  public init(file path: String) throws(ProfileError) {
    let url = URL(fileURLWithPath: path)
    let text: String
    do {
      text = try TextFile.text(of: path, bytesMax: ProfileLimits.fileBytes)
    } catch {
      throw ProfileError(error)
    }
    self = try VehicleProfile(toml: text, file: path)
    let stem = url.deletingPathExtension().lastPathComponent
    guard name == stem else {
      throw ProfileError(
        .badValue, "the file is named \(url.lastPathComponent), so the profile is named \"\(stem)\"", file: path,
        line: TOMLLines(text).line(of: "name"), key: "name", value: name)
    }
  }
}
