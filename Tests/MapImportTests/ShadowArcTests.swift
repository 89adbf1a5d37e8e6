import MapFile
import RoadGraph
import TestSupport
import Testing

@testable import MapImport

/// The automaton of shadow arcs against a driver who remembers everything.
@Suite struct ShadowArcTests {
  /// Paths over a few arcs, so that they overlap in every way.
  private func paths(_ random: inout SeededGenerator, arcCount: Int) -> [[OriginalArcID]] {
    (0..<Int.random(in: 0...12, using: &random)).map { _ in
      (0..<Int.random(in: 2...5, using: &random)).map { _ in OriginalArcID(Int.random(in: 0..<arcCount, using: &random))
      }
    }
  }

  @Test(arguments: 0..<300)
  func remembersWhatRestrictionsNeed(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let arcCount = Int.random(in: 1...4, using: &random)
    let paths = paths(&random, arcCount: arcCount)
    let shadows = ShadowArcs(originalCount: arcCount, paths: paths)
    for _ in 0..<20 {
      var driven = [OriginalArcID(Int.random(in: 0..<arcCount, using: &random))]
      var arc = shadows.arcs(of: driven[0]).first!
      for _ in 0..<12 {
        for path in paths {
          let isBehind = shadows.arcs(behind: path.dropLast()).contains(arc)
          let isExpected = driven.suffix(path.count - 1) == path.dropLast()
          #expect(isBehind == isExpected, "seed \(seed): \(driven) before the end of \(path)")
        }
        #expect(shadows.original(of: arc) == driven.last)
        driven.append(OriginalArcID(Int.random(in: 0..<arcCount, using: &random)))
        arc = shadows.next(after: arc, onto: driven[driven.count - 1])
      }
    }
  }

  /// One shadow per prefix of two arcs or more, right behind its original.
  @Test(arguments: 0..<50)
  func shadowsAreThePrefixes(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let paths = paths(&random, arcCount: 4)
    let shadows = ShadowArcs(originalCount: 4, paths: paths)
    let prefixes = Set(paths.flatMap { path in stride(from: 2, to: path.count, by: 1).map { Array(path[..<$0]) } })
    #expect(shadows.shadowCount == prefixes.count, "seed \(seed)")
    #expect(shadows.arcCount == 4 + prefixes.count)
    var next = 0
    for original in (0..<4).map({ OriginalArcID($0) }) {
      #expect(shadows.arcs(of: original).first?.position == next)
      #expect(shadows.arcs(of: original).count == 1 + prefixes.filter { $0.last == original }.count)
      for arc in shadows.arcs(of: original) { #expect(shadows.original(of: arc) == original) }
      next += shadows.arcs(of: original).count
    }
  }

  @Test func turnBansNeedNone() {
    let shadows = ShadowArcs(originalCount: 3, paths: [[OriginalArcID(0), OriginalArcID(1)]])
    #expect(shadows.shadowCount == 0)
    #expect(shadows.arcs(behind: [OriginalArcID(0)]) == [shadows.arcs(of: OriginalArcID(0)).first!])
    #expect(shadows.next(after: ArcID(0), onto: OriginalArcID(2)) == ArcID(2))
  }
}
