import API

/// Which units fill posts that are given, as a compliance table wants: as many posts as can be, the first ones first,
/// by the smallest longest drive, then the smallest sum of drives (van Barneveld et al., *The effect of ambulance
/// relocations on the performance of ambulance service providers*, EJOR 252, 2016).
public struct PostFilling: Sendable {
  /// A unit and the post that it fills, by their numbers.
  public struct Seat: Hashable, Sendable {
    public var unit: Int
    public var post: Int
  }

  /// In the order of the posts.
  public private(set) var seats: [Seat] = []
  /// Posts that no unit is left for.
  public private(set) var unfilled: [Int] = []

  /// - Parameter targets: posts by number, the most important first; one that wants two units is there twice.
  /// - Complexity: O(targets² x units x log pairs).
  public init(_ targets: [Int], _ question: MoveUpQuestion) {
    guard !targets.isEmpty, !question.units.isEmpty else {
      unfilled = targets
      return
    }
    let kept = Self.kept(question)
    let order = question.units.indices.sorted { question.units[$0].id < question.units[$1].id }
    let rows = targets.map { post in order.map { Self.cost($0, at: post, kept, question) } }
    let choice = SeatChoice(.init(costs: SeatCosts(rows: rows), importance: Array(targets.indices)))
    for (post, column) in zip(targets, choice.columnOfRow) {
      if let column { seats.append(Seat(unit: order[column], post: post)) } else { unfilled.append(post) }
    }
  }

  /// Who stands there already needs no drive.
  private static func cost(_ number: Int, at target: Int, _ kept: Set<Int>, _ question: MoveUpQuestion) -> Int64 {
    let (unit, post) = (question.units[number], question.posts[target])
    if unit.post == target { return 0 }
    guard !unit.isStaying, !kept.contains(number), unit.cameFrom != target,
      post.agencies.isEmpty || post.agencies.contains(unit.agency),
      let milliseconds = unit.travelMilliseconds[target], milliseconds <= question.terms.travelMillisecondsMax
    else { return SeatCosts.forbidden }
    return milliseconds
  }

  /// Units that rules keep at their posts: those that stay anyway, then the first by id.
  private static func kept(_ question: MoveUpQuestion) -> Set<Int> {
    var kept: Set<Int> = []
    for (number, post) in question.posts.enumerated() where !post.keep.isEmpty {
      let there = question.units.indices.filter { question.units[$0].post == number }
        .sorted { one, other in
          let (mine, others) = (question.units[one], question.units[other])
          return mine.isStaying != others.isStaying ? mine.isStaying : mine.id < others.id
        }
      for rule in post.keep { kept.formUnion(there.filter { question.units[$0].counts(for: rule) }.prefix(rule.count)) }
    }
    return kept
  }
}
