import Dispatching
import TestSupport
import Testing

/// Choosing crews for places, against all ways there are.
@Suite struct SeatChoiceTests {
  @Test(arguments: [true, false]) func choosesWhatIsBestOfAllWays(byColumn: Bool) throws {
    for seed in 0..<3_000 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let rows = Int.random(in: 1...4, using: &generator)
      let columns = Int.random(in: 1...(rows == 4 ? 6 : 7), using: &generator)
      let question = SeatChoice.Question.random(rows: rows, columns: columns, byColumn: byColumn, &generator)
      let best = try #require(SeatOracle(question: question).best)
      #expect(SeatChoice(question).columnOfRow == best.columnOfRow, "seed \(seed)")
    }
  }

  @Test(arguments: [true, false]) func saysHowMuchCheaperACrewWouldHaveToBe(byColumn: Bool) throws {
    for seed in 0..<600 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let rows = Int.random(in: 1...3, using: &generator)
      let question = SeatChoice.Question.random(rows: rows, columns: 5, byColumn: byColumn, &generator)
      let choice = SeatChoice(question)
      let entry = choice.entry()
      for column in 0..<5 where !choice.columnOfRow.contains(column) {
        if question.forced.contains(where: { $0.contains(column) }) { continue }
        #expect(
          choice.shortfall(ofCosts: { question.costs[$0, column] }, entry)?.amount
            == SeatOracle(question: question).shortfall(of: column, upTo: 20),
          "seed \(seed), column \(column) of \(question)")
      }
    }
  }

  @Test func takesAnyNumberOfCrewsThatAreForcedAndFitNowhere() {
    var question = SeatChoice.Question(
      costs: SeatCosts(rows: [[SeatCosts.forbidden, 7]]), importance: [0])
    question.forced = [[0]]
    #expect(SeatChoice(question).columnOfRow == [1])
  }

  @Test func leavesAllOpenWhereNobodyCanCome() {
    let question = SeatChoice.Question(costs: SeatCosts(rows: [[], []]), importance: [0, 1])
    let choice = SeatChoice(question)
    #expect(choice.columnOfRow == [nil, nil])
    #expect(choice.shortfall(ofCosts: { _ in 5 }, choice.entry()) == nil)
  }
}
