import API
import Dispatching
import Foundation
import Testing

/// San Francisco's 16 stores and 205 tracts with their network distances, from spopt (PySAL, BSD-3, 493a58a): the cover
/// and the moves that others computed from them.
@Suite struct PublishedCoverTests {
  private static let path =
    ProcessInfo.processInfo.environment["TOCSIN_COVER"]
    ?? "../shared/dispatch/SF_network_distance_candidateStore_16_censusTract_205_new.csv"

  /// The stores by the numbers in their names, ascending.
  private static let names = [1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17, 18, 19]

  /// What each store covers within five kilometres.
  struct Stores {
    var weights: [Double]
    /// In the order of ``names``.
    var covers: [CoverSet]

    func cover(_ stores: [Int], busyShare: Double = 0.3) -> ExpectedCover {
      var cover = ExpectedCover(weights: weights, busyShare: busyShare)
      for case let position? in stores.map({ names.firstIndex(of: $0) }) { cover.add(covers[position]) }
      return cover
    }
  }

  /// `nil` where the file is missing.
  static func stores() throws -> Stores? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      print("skipped: \(path) is not there")
      return nil
    }
    var meters: [Int: [String: Double]] = [:]
    var weights: [String: Double] = [:]
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",")
      let store = try #require(Int(fields[1].dropFirst("Store_".count)))
      let (distance, people): (Double, Double) = (try #require(Double(fields[0])), try #require(Double(fields[3])))
      meters[store, default: [:]][String(fields[2])] = distance
      weights[String(fields[2])] = people
    }
    let tracts = weights.keys.sorted()
    let table = try names.map { store in try tracts.map { try #require(meters[store]?[$0]) } }
    return Stores(
      weights: tracts.compactMap { weights[$0] },
      covers: table.map { row in CoverSet(row.indices.filter { row[$0] <= 5_000 }, of: tracts.count) })
  }

  private static func position(_ store: Int) throws -> Int { try #require(names.firstIndex(of: store)) }

  private static func subsets(_ count: Int, of numbers: ArraySlice<Int>) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return numbers.indices.flatMap { index in
      subsets(count - 1, of: numbers[(index + 1)...]).map { [numbers[index]] + $0 }
    }
  }

  @Test func mostPeopleThatSomeStoresCover() throws {
    guard let stores = try Self.stores() else { return }
    #expect(stores.weights.count == 205 && stores.weights.reduce(0, +) == 955_113)
    for (count, people) in [1: 448_255.0, 2: 671_938, 3: 791_499, 4: 875_247, 5: 927_402] {
      let best = Self.subsets(count, of: Self.names[...]).map { ($0, stores.cover($0).weight(coveredBy: 1)) }
        .max { $0.1 < $1.1 }
      #expect(best?.1 == people)
      if count == 4 { #expect(best?.0 == [2, 11, 12, 15]) }
    }
    #expect(stores.cover(Self.names).weight(coveredBy: 1) == 955_113)
  }

  @Test(arguments: [
    (0.3, [607_960.108, 670_543.0914, 729_166.6914]), (0.5, [464_392.5, 542_291.375, 601_135.75]),
  ])
  func mostThatIsExpectedToBeCovered(_ busyShare: Double, _ expected: [Double]) throws {
    guard let stores = try Self.stores() else { return }
    for (count, value) in zip([3, 4, 5], expected) {
      let best = Self.subsets(count, of: Self.names[...]).map { ($0, stores.cover($0, busyShare: busyShare).value) }
        .max { $0.1 < $1.1 }
      #expect(abs((best?.1 ?? 0) - value) < 1e-4)
      if count == 4 { #expect(best?.0 == [3, 12, 14, 16]) }
    }
  }

  /// Units at four stores; one leaves. The best single move of the others to an empty store, and the next best.
  @Test(
    arguments: [
      (2, 0.3, 537_925.15, (11, 3, 57_988.322), (11, 4, 42_249.851)),
      (11, 0.3, 578_417.28, (2, 3, 17_496.192), (15, 16, 5_890.276)),
      (12, 0.3, 460_557.72, (11, 12, 117_859.56), (11, 14, 113_630.37)),
      (15, 0.3, 391_081.11, (11, 16, 193_226.446), (11, 15, 187_336.17)),
      (2, 0.5, 388_676.75, (11, 16, 70_426.125), nil), (11, 0.5, 424_759.00, (2, 16, 34_343.875), nil),
      (12, 0.5, 333_267.00, (11, 14, 101_127.25), nil), (15, 0.5, 282_205.75, (11, 16, 150_550.75), nil),
    ] as [(Int, Double, Double, (Int, Int, Double), (Int, Int, Double)?)])
  func theBestMoveWhenOneLeaves(
    _ leaving: Int, _ busyShare: Double, _ left: Double, _ best: (Int, Int, Double), _ second: (Int, Int, Double)?
  ) throws {
    guard let stores = try Self.stores() else { return }
    func choice(without refused: (Int, Int, Double)?) throws -> MoveUpChoice {
      let units = try [2, 11, 12, 15].filter { $0 != leaving }.map { store in
        var travel = Self.names.map { _ in Int64?(0) }
        if let refused, refused.0 == store { travel[try Self.position(refused.1)] = nil }
        let position = try Self.position(store)
        return MoveUpQuestion.Unit(
          id: "\(store)", post: position, cover: .init(stores.covers[position]), travelMilliseconds: travel)
      }
      let posts = zip(Self.names, stores.covers).map { MoveUpQuestion.Post(id: "\($0)", covers: [.init($1)]) }
      var terms = MoveUpQuestion.Terms()
      (terms.busyShare, terms.movesMax) = (busyShare, 1)
      return MoveUpChoice(MoveUpQuestion(units, posts, weights: stores.weights, terms), check: {})
    }
    let first = try choice(without: nil)
    #expect(abs(first.before.value - left) < 0.005)
    let move = try #require(first.moves.first)
    #expect((move.from.map { Self.names[$0] }, Self.names[move.to]) == (best.0, best.1))
    #expect(abs(move.gain.weight - best.2) < 0.001)
    #expect(abs(first.after.value - left - best.2) < 0.005)
    guard let second else { return }
    let next = try #require(try choice(without: best).moves.first)
    #expect((next.from.map { Self.names[$0] }, Self.names[next.to]) == (second.0, second.1))
    #expect(abs(next.gain.weight - second.2) < 0.001)
  }

  // MARK: JEMSS

  /// The small cases of JEMSS.jl (Apache-2.0, fb92cef): rows of which points each place covers.
  private static let rows = [[0], [1, 2], [0, 1, 2]].map { CoverSet($0, of: 3) }

  /// Nested choices of places, the best one first: by what they cover, and by what is expected to be covered.
  @Test func placesInTheirOrder() {
    func order(_ gain: (ExpectedCover, CoverSet) -> Double) -> [Int] {
      var cover = ExpectedCover(weights: [1, 1, 1], busyShare: 0.5)
      var left = Array(Self.rows.indices)
      var chosen: [Int] = []
      while !left.isEmpty {
        let gains = left.map { gain(cover, Self.rows[$0]) }
        guard let best = left.indices.max(by: { gains[$0] < gains[$1] }) else { break }
        cover.add(Self.rows[left[best]])
        chosen.append(left.remove(at: best) + 1)
      }
      return chosen
    }
    #expect(order { $0.gain(adding: $1) } == [3, 2, 1])
    #expect(order { $0.gain(adding: $1, ofDepth: 1) }.first == 3)
    var all = ExpectedCover(weights: [1, 1, 1], busyShare: 0.5)
    for row in Self.rows { all.add(row) }
    #expect(all.counts == [2, 2, 2] && all.value == 2.25 && all.weight(coveredBy: 2) == 3)
    all.remove(Self.rows[0])
    #expect(all.counts == [1, 2, 2] && all.value == 2)
  }
}
