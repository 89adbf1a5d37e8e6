import Foundation

/// Real maps that lie beside the package, for tests that are worth more on a real city.
///
/// They are looked for in the folder that the environment variable `TOCSIN_MAPS` names, else in `../shared/maps`
/// beside the package. A test that needs one says
/// `@Test(.enabled(if: RealMaps.path("monaco") != nil, "\(RealMaps.hint)"))`.
public enum RealMaps {
  /// What a skipped test says.
  public static let hint = "no such map: set TOCSIN_MAPS to a folder with it"

  /// The path of `<name>.osm.pbf`, or `nil` if it is not there.
  public static func path(_ name: String) -> String? { file("\(name).osm.pbf") }

  /// The path of a file among the maps, or `nil` if it is not there.
  public static func file(_ name: String) -> String? {
    let path = folder.appendingPathComponent(name).path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  private static let folder: URL = {
    if let folder = ProcessInfo.processInfo.environment["TOCSIN_MAPS"] { return URL(fileURLWithPath: folder) }
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return package.deletingLastPathComponent().appendingPathComponent("shared/maps")
  }()
}
