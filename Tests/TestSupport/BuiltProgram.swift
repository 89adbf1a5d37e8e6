import Foundation

/// The command line as it was built beside the tests.
public enum BuiltProgram {
  /// The program that `TOCSIN_PROGRAM` names, or that beside the tests; `nil` without either.
  public static let path: String? = {
    if let given = ProcessInfo.processInfo.environment["TOCSIN_PROGRAM"] { return given }
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let path = own.map { URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("tocsin").path }
    return path.flatMap { FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil }
  }()

  public static let hint = "the program is not built beside the tests"
}
