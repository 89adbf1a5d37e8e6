import Foundation

/// Inputs to start from: those that the door makes, and the files in the folder `Corpus/DOOR` beside this one.
public enum Corpus {
  /// All inputs of a door, by name. What was found once begins with `regression-`.
  public static func inputs(of door: FuzzDoor) throws -> [(name: String, bytes: [UInt8])] {
    let made = try door.samples().enumerated().map { ("sample \($0.offset)", $0.element) }
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Corpus/\(door.name)")
    // Not every door has a folder.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return made
      + (try names.sorted().map { ($0, [UInt8](try Data(contentsOf: folder.appendingPathComponent($0)))) })
  }
}
