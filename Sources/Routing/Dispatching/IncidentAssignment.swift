import API

/// Units for several incidents at once: the most urgent ones first, each class with what those before it have left.
public struct IncidentAssignment: Sendable {
  /// What is made small within a class, once as many places as possible are filled.
  public enum Objective: Sendable {
    /// Nothing: one incident after the other, in the order given, as a dispatcher would.
    case oneByOne
    /// The sum of all arrival times.
    case fastestTotal
    /// The latest arrival, then the sum.
    case fairest
  }

  /// Of an objective.
  public let choice: ForceChoice
  /// One by one: what any other answer is compared with.
  public let oneByOne: ForceChoice

  /// - Parameter priorities: of each wish; 1 is the most urgent, 0 is not known and comes last.
  public init(_ question: ForceChoice.Question, priorities: [Int], objective: Objective) {
    let ranks = priorities.map { $0 > 0 ? $0 : Int.max }
    let classes = Set(ranks).sorted().map { rank in ranks.indices.filter { ranks[$0] == rank } }
    var oneByOne = ForceChoice(question)
    for wish in classes.joined() { oneByOne.choose(for: [wish], .smallestLatest) }
    self.oneByOne = oneByOne
    if objective == .oneByOne || classes.allSatisfy({ $0.count == 1 }) {
      choice = oneByOne
      return
    }
    var joint = ForceChoice(Self.byTimeAlone(question, classes.filter { $0.count > 1 }))
    for group in classes { joint.choose(for: group, objective == .fairest ? .smallestLatest : .smallestSum) }
    choice = joint
  }

  /// Buckets and places in lists of two plans can't be added up: where incidents compete, time counts.
  private static func byTimeAlone(_ question: ForceChoice.Question, _ groups: [[Int]]) -> ForceChoice.Question {
    var question = question
    for wish in groups.joined() {
      question.wishes[wish].tie = TieRule()
      question.wishes[wish].stationOrder = []
    }
    return question
  }
}

/// What several forces come to.
public struct ForceTotals: Hashable, Sendable {
  /// Of the arrival times of all units that are sent now.
  public var sumMilliseconds: Int64 = 0
  public var latestMilliseconds: Int64?
  public var unitCount = 0
  public var openCount = 0

  public init(_ forces: [Force]) {
    for force in forces {
      openCount += force.open.reduce(0) { $0 + $1.count }
      for member in force.members where !member.why.contains(.committed) {
        unitCount += 1
        sumMilliseconds += member.arrival.etaMilliseconds
        latestMilliseconds = max(latestMilliseconds ?? 0, member.arrival.etaMilliseconds)
      }
    }
  }
}
