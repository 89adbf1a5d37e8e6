import API
import Fleet

/// Pairs of stations of which one direction is far longer than the other one.
///
/// Where that is so for most neighbours of a station, it is one finding about the station.
struct OneSidedCheck {
  let stations: [Station]
  let thresholds: CheckThresholds
  let neighbours: [[Int]]
  let trips: TripTable

  /// Two stations, the direction from `from` to `to` being the longer one.
  private struct Pair {
    var from: Int
    var to: Int
    var longer: Route
    var shorter: Route
    var extraSeconds: Double { longer.travelSeconds - shorter.travelSeconds }
  }

  var findings: [Finding] {
    let pairs = oneSidedPairs()
    var (findings, explained): ([Finding], Set<Int>) = ([], [])
    for station in stations.indices {
      let out = pairs.filter { $0.from == station && neighbours[station].contains($0.to) }
      let back = pairs.filter { $0.to == station && neighbours[station].contains($0.from) }
      for (own, isOut) in [(out, true), (back, false)] where isMost(own.count, of: neighbours[station].count) {
        findings.append(finding(about: station, own, isOut: isOut))
        explained.insert(station)
      }
    }
    let rest = pairs.filter { !explained.contains($0.from) && !explained.contains($0.to) }
    return findings + rest.sorted { $0.extraSeconds > $1.extraSeconds }.map(finding)
  }

  private func isMost(_ count: Int, of neighbourCount: Int) -> Bool {
    count >= CheckLimits.oneSidedCountMin && Double(count) >= CheckLimits.oneSidedShare * Double(neighbourCount)
  }

  private func oneSidedPairs() -> [Pair] {
    stations.indices.flatMap { one in
      neighbours[one].filter { one < $0 || !neighbours[$0].contains(one) }.compactMap { pair(one, $0) }
    }
  }

  private func pair(_ one: Int, _ other: Int) -> Pair? {
    guard let there = trips[one, other]?.route, let back = trips[other, one]?.route else { return nil }
    let pair =
      there.travelSeconds >= back.travelSeconds
      ? Pair(from: one, to: other, longer: there, shorter: back)
      : Pair(from: other, to: one, longer: back, shorter: there)
    let isFarLonger =
      pair.extraSeconds >= thresholds.oneSidedSeconds
      && pair.longer.travelSeconds >= thresholds.oneSidedRatio * pair.shorter.travelSeconds
    return isFarLonger ? pair : nil
  }

  private func finding(about station: Int, _ pairs: [Pair], isOut: Bool) -> Finding {
    let extra = pairs.map(\.extraSeconds).sorted()[pairs.count / 2]
    let (longer, shorter) = isOut ? ("out", "in") : ("in", "out")
    return Finding(
      .stationOneSided, .warning, subject: stations[station].name,
      "the way \(longer) is far longer than the way \(shorter), for \(pairs.count) of \(neighbours[station].count) "
        + "neighbours, by \(Words.time(extra)) in the median",
      shape: [stations[station].coordinate])
  }

  private func finding(_ pair: Pair) -> Finding {
    Finding(
      .pairOneSided, .notice, subject: "\(stations[pair.from].name) to \(stations[pair.to].name)",
      "\(Words.time(pair.longer.travelSeconds)) over \(Words.length(pair.longer.lengthMeters)), but "
        + "\(Words.time(pair.shorter.travelSeconds)) over \(Words.length(pair.shorter.lengthMeters)) back",
      shape: pair.longer.shape)
  }
}
