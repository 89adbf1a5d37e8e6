import Foundation
import FuzzTargets
import TestSupport
import Testing

/// Every door, with what came in before and with damaged inputs.
///
/// `TOCSIN_FUZZ_SECONDS` is how long damage is tried in all, `TOCSIN_FUZZ_SEED` repeats a run, and `TOCSIN_FUZZ_DOOR`
/// tries one door alone. An input that ends the process is left in a file that is named at the start.
@Suite(.serialized) struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seconds = environment["TOCSIN_FUZZ_SECONDS"].flatMap(Double.init) ?? 10
  private static let seed = environment["TOCSIN_FUZZ_SEED"].flatMap(UInt64.init) ?? .random(in: 0 ... .max)
  private static let doors = FuzzDoor.all.filter { door in
    environment["TOCSIN_FUZZ_DOOR"].map { $0 == door.name } ?? true
  }
  private static let running = RunningInput()

  @Test(arguments: FuzzDoor.all) func corpus(_ door: FuzzDoor) throws {
    let inputs = try Corpus.inputs(of: door)
    #expect(!inputs.isEmpty)
    for (name, bytes) in inputs { Self.attempt(door, bytes, name) }
  }

  @Test(arguments: doors) func damage(_ door: FuzzDoor) throws {
    var random = SeededGenerator(seed: Self.seed)
    let mutator = Mutator(dictionary: door.dictionary, bytesMax: door.bytesMax)
    let inputs = try Corpus.inputs(of: door).map(\.bytes)
    let end = ContinuousClock.now + .seconds(Self.seconds / Double(Self.doors.count))
    var count = 0
    while ContinuousClock.now < end || count < 10 {
      guard let one = inputs.randomElement(using: &random), let other = inputs.randomElement(using: &random) else {
        break
      }
      Self.attempt(door, mutator.mutated(one, with: other, using: &random), "seed \(Self.seed), input \(count)")
      count += 1
    }
    if Self.environment["TOCSIN_FUZZ_SECONDS"] != nil { print("\(door): \(count) inputs, seed \(Self.seed)") }
  }

  private static func attempt(_ door: FuzzDoor, _ bytes: [UInt8], _ name: String) {
    running.note(door.name, bytes)
    defer { running.stopAlarm() }
    let start = ContinuousClock.now
    do {
      try door.run(bytes)
    } catch {
      Issue.record("\(door), \(name): \(error): \(hex(bytes))")
    }
    let took = ContinuousClock.now - start
    if took > secondsMax { Issue.record("\(door), \(name): took \(took): \(hex(bytes))") }
  }

  /// Of an input, on a machine that does other things as well.
  private static let secondsMax = Duration.seconds(20)

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
