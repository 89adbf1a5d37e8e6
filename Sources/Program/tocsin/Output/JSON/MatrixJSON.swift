import API
import AnswerJSON
import InputFiles

/// A matrix with the names of its places: for people, for machines, for planners.
struct MatrixText {
  let origins: [String]
  let destinations: [String]
  let answer: MatrixAnswer

  /// More pairs are no table.
  private static let listedPairsMax = 100
  private static let namesShownMax = 20

  // MARK: For people

  /// What there is; of few pairs each one.
  var summary: String {
    let ways = Figures.count(answer.wayCount, of: "way")
    let lastResorts = answer.lastResorts.isEmpty ? "" : ", \(Figures.count(answer.lastResorts.count)) by a last resort"
    let size = "\(Figures.count(origins.count)) x \(Figures.count(destinations.count))"
    return (answer.travelSeconds.count <= Self.listedPairsMax ? table : "")
      + "\(size), map version \(answer.version): \(ways)\(lastResorts)\n"
  }

  private var table: String {
    let lastResorts = Set(answer.lastResorts.map(Int.init))
    return TextTable("from", "to", ">time", ">length", "").text(of: answer.travelSeconds.indices) { cell in
      let (seconds, meters) = (answer.travelSeconds[cell], length(cell))
      return [
        origins[cell / destinations.count], destinations[cell % destinations.count],
        seconds == MatrixAnswer.noWay ? "no way" : Figures.time(seconds: seconds),
        meters.map { Figures.length(meters: $0) } ?? "", lastResorts.contains(cell) ? "last resort" : "",
      ]
    }
  }

  /// The places that no road is near, named on standard error; empty if there are none.
  var offMap: String {
    let named = zip(origins + destinations, answer.origins + answer.destinations).filter { $1 == nil }.map(\.0)
    if named.isEmpty { return "" }
    let names = Figures.list(named, atMost: Self.namesShownMax)
    return Printable.text("off the map: \(names)") + "\n"
  }

  private func length(_ cell: Int) -> Double? {
    answer.lengthMeters.isEmpty || answer.lengthMeters[cell] == MatrixAnswer.noWay ? nil : answer.lengthMeters[cell]
  }

  // MARK: For machines

  /// A line for each pair: `from,to,seconds`, and `meters` if there are lengths.
  var csv: String {
    let hasLengths = !answer.lengthMeters.isEmpty
    var text = csvLine(["from", "to", "seconds"] + (hasLengths ? ["meters"] : []))
    for (cell, seconds) in answer.travelSeconds.enumerated() {
      let time = seconds == MatrixAnswer.noWay ? "" : "\(Rounded.thousandths(seconds))"
      let meters = length(cell).map { "\(Rounded.hundredths($0))" } ?? ""
      text += csvLine(
        [origins[cell / destinations.count], destinations[cell % destinations.count], time]
          + (hasLengths ? [meters] : []))
    }
    return text
  }

  /// Whole seconds and metres, a row for each origin, as planners take them.
  var json: JSONObject {
    [
      "durations": rows(answer.travelSeconds),
      "distances": answer.lengthMeters.isEmpty ? nil : rows(answer.lengthMeters),
    ]
  }

  private func rows(_ values: [Double]) -> [[Int?]] {
    stride(from: 0, to: values.count, by: max(destinations.count, 1)).map { first in
      values[first..<first + destinations.count].map { $0 == MatrixAnswer.noWay ? nil : Int(exactly: $0.rounded()) }
    }
  }
}
