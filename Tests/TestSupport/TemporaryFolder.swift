import Foundation

/// A folder of a test's own, removed with its owner.
public final class TemporaryFolder: Sendable {
  private let root: URL

  public init() {
    root = FileManager.default.temporaryDirectory.appendingPathComponent("tocsin-test-\(UUID().uuidString)")
    // A test that can't have a folder fails at its first use of it.
    try? FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  public func url(_ name: String) -> URL { root.appendingPathComponent(name) }
  public func path(_ name: String) -> String { url(name).path }
  public func contents(_ name: String) throws -> Data { try Data(contentsOf: url(name)) }
  /// What lies in the folder, by name.
  public func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: root.path).sorted() }
}
