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
    var set = ProfileSet([])
    do throws(FileError) {
      for file in BuiltInProfiles.files {
        // Only `car` is based on none: it says everything.
        let profile = try VehicleProfile(toml: file.text, file: "\(file.name).toml") { base in
          base.map { set.profilesByName[$0] } ?? VehicleProfile(name: "")
        }
        set.profilesByName[profile.name] = profile
      }
    } catch {
      preconditionFailure("a built-in profile is broken: \(error)")
    }
    return set
  }()

  /// Sorted.
  public var names: [String] { profilesByName.keys.sorted() }
  /// Sorted by name.
  public var profiles: [VehicleProfile] { names.compactMap { profilesByName[$0] } }

  /// The profile of this name.
  ///
  /// - Throws: `PROFILE_UNKNOWN`, with the names that there are.
  public func profile(named name: String) throws(FileError) -> VehicleProfile {
    guard let profile = profilesByName[name] else {
      throw FileError(.profile, .unknown, "no such profile; there are \(names.joined(separator: ", "))", value: name)
    }
    return profile
  }
}

extension ProfileSet {
  /// The profiles of these names alone.
  ///
  /// - Throws: `PROFILE_UNKNOWN`, with the names that there are.
  public func only(_ names: [String]) throws(FileError) -> ProfileSet {
    ProfileSet(try names.map { name throws(FileError) in try profile(named: name) })
  }

  /// The built-in profiles and those of a folder, which replace built-in ones of the same name.
  ///
  /// - Parameter directory: every file in it that ends in `.toml` is read, other files are left alone.
  /// - Throws: the first fault of the first file that has one, in the order of their names.
  public static func load(directory: String) throws(FileError) -> ProfileSet {
    var set = builtIn
    for path in try profileFiles(in: directory) {
      let profile = try VehicleProfile(file: path)
      set.profilesByName[profile.name] = profile
    }
    return set
  }

  private static func profileFiles(in directory: String) throws(FileError) -> [String] {
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: directory)
      return names.filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }.sorted().map { "\(directory)/\($0)" }
    } catch {
      throw FileError(.profile, .unreadable, "the folder of profiles can't be read", file: directory)
    }
  }
}

extension VehicleProfile {
  /// The profile that a text describes. Keys that it leaves out are those of the built-in profile that its `based_on`
  /// names, else of `car`, which is allowed the least.
  ///
  /// - Parameter file: what errors call the text.
  public init(toml: String, file: String) throws(FileError) {
    try self.init(toml: toml, file: file) { name in try? ProfileSet.builtIn.profile(named: name ?? "car") }
  }

  /// Reads a profile file; it is named like the profile: `ladder_truck.toml`.
  public init(file path: String) throws(FileError) {
    let text = try TextFile.text(of: path, bytesMax: ProfileLimits.fileBytes, family: .profile)
    self = try VehicleProfile(toml: text, file: path)
    let url = URL(fileURLWithPath: path)
    let stem = url.deletingPathExtension().lastPathComponent
    guard name == stem else {
      throw try TOMLReader(toml: text, file: path, family: .profile).bad(
        "name", name, "the file is named \(url.lastPathComponent), so the profile is named \"\(stem)\"")
    }
  }
}
