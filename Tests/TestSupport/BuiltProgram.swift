import Foundation

/// The command line as it was built beside the tests.
public enum BuiltProgram {
  /// `nil` if it was not built.
  public static let path: String? = {
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let path = own.map { URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("tocsin").path }
    return path.flatMap { FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil }
  }()

  public static let hint = "the program is not built beside the tests"
}
