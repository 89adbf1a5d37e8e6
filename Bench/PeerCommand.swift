import ArgumentParser
import Foundation

/// `Bench peer`: a worker for `Bench/peers/compare.py`, which reads jobs from standard input.
struct PeerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peer", abstract: "Do timed jobs from standard input: one line of JSON each, one line of answer.",
    discussion: "Bench/peers/compare.py starts it. Jobs are declared in Bench/PeerJob.swift.")

  @Option(help: ArgumentHelp("The map file.", valueName: "file"))
  var city: String

  @Option(help: "The vehicle profile.")
  var profile = "car"

  func run() throws {
    var worker = try PeerWorker(world: World(city: city, seed: 1, profile: profile))
    let encoder = JSONEncoder()
    while let line = readLine() {
      let job = try JSONDecoder().decode(PeerJob.self, from: Data(line.utf8))
      FileHandle.standardOutput.write(try encoder.encode(worker.answer(job)) + Data("\n".utf8))
    }
  }
}
