import Foundation
import Hierarchy
import MapFile
import RoadGraph
import TestSupport
import Testing

/// The hierarchy in a map file.
struct HierarchyMapFileTests {
  private func temporaryPath() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("hierarchy-\(UUID().uuidString).tocsin").path
  }

  private func write(_ hierarchy: ContractionHierarchy, to path: String) throws {
    var writer = MapFileWriter()
    hierarchy.addSections(to: &writer)
    try writer.write(to: path)
  }

  @Test(arguments: 20..<30 as Range<UInt64>)
  func aHierarchyFromAFileGivesTheSameAnswers(seed: UInt64) throws {
    var roads = RandomRoads(seed: seed)
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let built = ContractionHierarchy.build(roads.graph)
    try write(built, to: path)
    let opened = try ContractionHierarchy(from: MappedMapFile(path: path), graph: roads.graph)
    opened.checkInvariants()
    #expect(opened.statistics() == built.statistics())
    let weights = roads.turnWeights()
    let metric = MetricBuilder(built).customize(weights)
    let openedMetric = MetricBuilder(opened).customize(weights)
    #expect(openedMetric.hasSameWeights(as: metric))
    for _ in 0..<50 {
      let (sources, targets) = (roads.terminals(), roads.terminals())
      #expect(
        PathQuery(opened).weight(from: sources, to: targets, metric: openedMetric)
          == PathQuery(built).weight(from: sources, to: targets, metric: metric))
    }
  }

  @Test func twoBuildsGiveTheSameBytes() throws {
    let roads = RandomRoads(seed: 42, vertexCount: 1500)
    let paths = [temporaryPath(), temporaryPath()]
    defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
    for path in paths { try write(ContractionHierarchy.build(roads.graph), to: path) }
    let bytes = try paths.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    #expect(bytes[0] == bytes[1])
  }

  @Test func aFileOfAnotherGraphIsRefused() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try write(ContractionHierarchy.build(RandomRoads(seed: 1).graph), to: path)
    let other = RandomRoads(seed: 2).graph
    #expect(throws: MapFileError.self) {
      try ContractionHierarchy(from: MappedMapFile(path: path), graph: other)
    }
  }

  /// Sections with valid checksums whose ids lead astray: each must be refused, or at least do no harm.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func craftedFilesAreRefusedOrHarmless(seed: UInt64) throws {
    var roads = RandomRoads(seed: seed % 5, vertexCount: 25)
    roads.generator = SeededGenerator(seed: seed)
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try write(ContractionHierarchy.build(roads.graph), to: path)
    try corruptOneWord(of: path, &roads.generator)
    let file = try MappedMapFile(path: path)
    guard let hierarchy = try? ContractionHierarchy(from: file, graph: roads.graph) else { return }
    let builder = MetricBuilder(hierarchy)
    var weights = roads.turnWeights()
    var metric = builder.customize(weights)
    let query = PathQuery(hierarchy)
    let search = LazyRPHAST(hierarchy)
    var arcs: [ArcID] = []
    for turn in 0..<10 {
      weights[turn] = roads.weight()
      metric = builder.update(metric, turnWeights: weights, changed: [TurnID(turn)])
      _ = query.path(from: roads.terminals(), to: roads.terminals(), metric: metric, into: &arcs)
      search.setTargets(roads.terminals(), metric: metric)
      for _ in 0..<10 { _ = search.weight(from: roads.arc()) }
    }
  }

  /// Copies the file section by section, with one word of one section replaced.
  private func corruptOneWord(of path: String, _ generator: inout SeededGenerator) throws {
    let file = try MappedMapFile(path: path)
    let victim = file.sections.indices.randomElement(using: &generator) ?? 0
    var writer = MapFileWriter()
    for (index, section) in file.sections.enumerated() {
      if section.elementBytes == 8 {
        var pairs = Array((try file.table(section.name) as Table<TurnID, SIMD2<UInt32>>).buffer)
        if index == victim { corruptOne(of: &pairs, \.[Int.random(in: 0...1, using: &generator)], &generator) }
        writer.add(section.name, Table<TurnID, SIMD2<UInt32>>(pairs))
      } else {
        var words = Array((try file.table(section.name) as Table<TurnID, UInt32>).buffer)
        if index == victim { corruptOne(of: &words, \.self, &generator) }
        writer.add(section.name, Table<TurnID, UInt32>(words))
      }
    }
    try writer.write(to: path)
  }

  private func corruptOne<Element>(
    of rows: inout [Element], _ word: WritableKeyPath<Element, UInt32>, _ generator: inout SeededGenerator
  ) {
    guard let place = rows.indices.randomElement(using: &generator),
      let other = rows.randomElement(using: &generator)
    else { return }
    let near = rows[place][keyPath: word] &+ UInt32.random(in: 0...4, using: &generator) &- 2
    rows[place][keyPath: word] = Bool.random(using: &generator) ? near : other[keyPath: word]
  }
}
