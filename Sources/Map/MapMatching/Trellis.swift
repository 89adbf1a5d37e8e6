/// The most likely sequence of candidates along the samples of a line, or of no road where none is likely.
///
/// Viterbi's algorithm over the hidden Markov model of ``MatchCosts``, with one state more than there are candidates:
/// that the line follows no road there.
struct Trellis {
  /// The candidate that a sample stands for; none where the line follows no road.
  struct Choice {
    let candidate: Candidate?
    /// The way leads here by road from the candidate of the sample before.
    let isContinued: Bool
  }

  /// What leads to a state: a state of the sample before, the last one of which is "no road".
  private struct Origin {
    var cost: Double
    var state: Int
    var isByRoad: Bool
  }

  private struct Layer {
    let candidates: [Candidate]
    /// One per candidate, then that of "no road".
    var origins: [Origin]

    var offRoad: Int { candidates.count }
    var best: Int { origins.indices.min { origins[$0].cost < origins[$1].cost } ?? offRoad }
  }

  private let samples: [LineSample]
  private var layers: [Layer] = []

  /// - Parameter check: called for each sample: what it throws ends the work.
  /// - Complexity: O(samples · candidates · (candidates + arcs within some tens of metres)).
  init<Failure: Error>(
    _ samples: [LineSample], finder: CandidateFinder, search: inout RoadSearch, check: () throws(Failure) -> Void
  ) throws(Failure) {
    self.samples = samples
    for index in samples.indices {
      try check()
      let candidates = finder.candidates(of: samples[index])
      var layer = Layer(candidates: candidates, origins: origins(of: candidates, at: index))
      if index > 0 { continueByRoad(&layer, at: index, &search) }
      charge(&layer, at: index)
      layers.append(layer)
    }
  }

  /// The cheapest origin of each state without a way by road: a road begins or ends, or there is none before and after.
  private func origins(of candidates: [Candidate], at index: Int) -> [Origin] {
    guard let last = layers.last else {
      return [Origin](repeating: Origin(cost: 0, state: 0, isByRoad: false), count: candidates.count + 1)
    }
    let best = last.best
    let cost = last.origins[best].cost
    let offCost = last.origins[last.offRoad].cost
    let isFromOff = best == last.offRoad || offCost <= cost + MatchCosts.gap
    let off = Origin(
      cost: isFromOff ? offCost : cost + MatchCosts.gap, state: isFromOff ? last.offRoad : best, isByRoad: false)
    let entered = Origin(cost: off.cost + MatchCosts.gap, state: off.state, isByRoad: false)
    return [Origin](repeating: entered, count: candidates.count) + [off]
  }

  private func continueByRoad(_ layer: inout Layer, at index: Int, _ search: inout RoadSearch) {
    let last = layers[index - 1]
    let lineMeters = samples[index].alongMeters - samples[index - 1].alongMeters
    let entered = layer.origins[0].cost
    for (state, candidate) in last.candidates.enumerated() {
      let cost = last.origins[state].cost
      guard !layer.candidates.isEmpty, cost < entered else { continue }
      search.run(from: candidate, limitMeters: lineMeters + MatchCosts.slackMeters)
      for (next, end) in layer.candidates.enumerated() {
        guard let way = search.distance(to: end) else { continue }
        let total = cost + MatchCosts.transition(way, lineMeters: lineMeters)
        if total < layer.origins[next].cost { layer.origins[next] = Origin(cost: total, state: state, isByRoad: true) }
      }
    }
  }

  /// Adds what the states themselves cost.
  private func charge(_ layer: inout Layer, at index: Int) {
    let share = samples[index].shareMeters / MatchCosts.unitMeters
    for (state, candidate) in layer.candidates.enumerated() { layer.origins[state].cost += share * candidate.cost }
    layer.origins[layer.offRoad].cost += share * MatchCosts.offRoad
  }

  /// One choice per sample. O(samples).
  func choices() -> [Choice] {
    guard var state = layers.last?.best else { return [] }
    var choices: [Choice] = []
    for layer in layers.reversed() {
      let candidate = state < layer.candidates.count ? layer.candidates[state] : nil
      choices.append(Choice(candidate: candidate, isContinued: layer.origins[state].isByRoad))
      state = layer.origins[state].state
    }
    return choices.reversed()
  }
}
