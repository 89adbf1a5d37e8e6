/// Fills one block of the skeleton with streets until it has its share of the city's junctions.
struct DistrictBuilder {
  /// Rounds over all blocks of a district in which dead ends and crescents are tried.
  private static let spurRounds = 14

  private let style: DistrictStyle
  private let spacingMeters: Double
  private var random: CityRandom
  private var blocks: [Int32]

  init(block: Int32, land: Land, _ city: CityDraft) {
    style = DistrictStyle.style(of: land)
    spacingMeters = city.dimensions.spacingMeters(at: Block(block, of: city.map).centroid)
    random = CityRandom(seed: city.seed, stream: Stream.firstDistrict + UInt64(block))
    blocks = [block]
  }

  /// Adds streets while the map has fewer junctions than the limit.
  mutating func fill(_ city: inout CityDraft, junctionLimit: Int) {
    let missing = max(0, junctionLimit - city.map.junctionCount)
    let spurs = Int(Double(missing) * style.spurShare)
    divide(&city, junctionLimit: junctionLimit - spurs)
    addSpurs(&city, junctionLimit: junctionLimit)
  }

  /// Divides the block that is largest for its place again and again; sizes are compared with some luck, so that they
  /// end up uneven.
  private mutating func divide(_ city: inout CityDraft, junctionLimit: Int) {
    var queue = BlockQueue()
    queue.add(blocks[0], key: 1)
    while city.map.junctionCount < junctionLimit, let block = queue.takeFirst() {
      let outline = Block(block, of: city.map)
      let splitter = BlockSplitter(style: style, spacingMeters: spacingMeters, outline: outline)
      guard let added = splitter.split(&city, &random) else { continue }
      blocks.append(added)
      for half in [block, added] {
        let outline = Block(half, of: city.map)
        let crowding = outline.areaSquareMeters * city.dimensions.density(at: outline.centroid)
        queue.add(half, key: crowding * random.value(1 / style.unevenness, style.unevenness))
      }
    }
  }

  private mutating func addSpurs(_ city: inout CityDraft, junctionLimit: Int) {
    for _ in 0..<DistrictBuilder.spurRounds {
      for block in blocks {
        if city.map.junctionCount >= junctionLimit { return }
        let known = city.map.blockCount
        SpurBuilder(style: style, outline: Block(block, of: city.map)).add(to: &city, &random)
        blocks += (known..<city.map.blockCount).map { Int32($0) }
      }
    }
  }
}
