import CFuzzer
import Foundation
import FuzzTargets

// Searches one door for inputs that break its promise, guided by what code they reach: see Tests/fuzz.
//
// TOCSIN_FUZZ_DOOR names the door; the arguments are libFuzzer's. With `seeds FOLDER` it writes the door's seeds and
// its dictionary there instead.

private let door: FuzzDoor = {
  let name = ProcessInfo.processInfo.environment["TOCSIN_FUZZ_DOOR"] ?? ""
  if let door = FuzzDoor.all.first(where: { $0.name == name }) { return door }
  print("no such door; there are \(FuzzDoor.all.map(\.name).joined(separator: ", "))")
  exit(64)
}()

if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "seeds" {
  let folder = URL(fileURLWithPath: CommandLine.arguments[2])
  for (name, bytes) in try Corpus.inputs(of: door) { try Data(bytes).write(to: folder.appendingPathComponent(name)) }
  let words = door.dictionary.map { word in
    "\"" + word.map { "\\x" + (($0 < 16 ? "0" : "") + String($0, radix: 16)) }.joined() + "\"\n"
  }
  // libFuzzer refuses an empty file; a door may have no words.
  let text = "# What the door \(door) knows.\n" + words.joined()
  try Data(text.utf8).write(to: folder.appendingPathComponent("../\(door.name).words"))
  exit(0)
}

/// What libFuzzer's own beginning of a program would call. Ours names it, so that the linker finds it.
@_cdecl("LLVMFuzzerTestOneInput") public func tryInput(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  do {
    try door.run(Array(UnsafeBufferPointer(start: start, count: size)))
  } catch {
    preconditionFailure("\(error)")
  }
  return 0
}

private var count = CommandLine.argc
private var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments) { tryInput($0, $1) })
