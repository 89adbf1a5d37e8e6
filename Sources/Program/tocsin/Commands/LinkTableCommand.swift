import AnswerJSON
import ArgumentParser
import Engine
import Geometry
import InputFiles
import MapMatching
import RoadGraph

/// `tocsin link-table`.
struct LinkTableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link-table", abstract: "Find the roads of an external network on a map.",
    subcommands: [Build.self])

  /// `tocsin link-table build`.
  struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "build", abstract: "Match links of a GeoJSON file to roads, with a quality for each.",
      discussion: """
        Each LineString is a link in its own direction. The table names stretches of OSM ways between OSM nodes, so it \
        serves later maps too. The quality is 0 to 1: above 0.9 a match is almost certain, below 0.6 it is worth a check.
        """)

    @Option(file: "GeoJSON file of the links.")
    var links: String

    @Option(file: "The map file, written by `tocsin import`.")
    var map: String

    @Option(name: .shortAndLong, file: "The CSV file to write.")
    var output: String

    @Option(help: ArgumentHelp("The property that holds a link's id. Default: the feature's id.", valueName: "name"))
    var idProperty: String?

    @Option(help: ArgumentHelp("Leave out links with a lower quality.", valueName: "0..1"))
    var qualityMin = 0.5

    @OptionGroup var geojson: GeoJSONOption
    @OptionGroup var form: OutputOption

    func run() throws {
      let network = try CityMap(path: map).network
      let features = try GeoJSONReader.features(path: links)
      let lines = GeoJSONSelection(of: features, \.line)
      LeftOutNote.tell(lines.leftOut, taken: "lines")
      let ids = try features.flatMap { feature in feature.shapes.compactMap(\.line).map { _ in feature } }
        .enumerated().map { try id(of: $0.element, number: $0.offset + 1) }
      let matches = Self.matches(of: lines.shapes, on: network)
      let nodes = OSMNodeIndex(network)
      let rows = zip(ids, matches).compactMap { id, match in
        match.flatMap { $0.quality.overall >= qualityMin ? Self.lines(id, $0, on: network, nodes) : nil }
      }
      try AsideFile(path: output).write(Array(([csvLine(LinkTableFile.columns)] + rows).joined().utf8))
      let summary = LinkTableSummary(
        ids, qualities: matches.map { $0?.quality.overall }, qualityMin: qualityMin, matched: rows.count)
      try geojson.show(
        zip(zip(ids, matches), lines.shapes).map { Self.feature($0.0, $0.1, line: $1, on: network) }, form,
        summary.json, text: summary.text(output))
    }

    /// A link where its roads are; one without any where it came from.
    private static func feature(
      _ id: String, _ match: RoadMatch?, line: [Coordinate], on network: RoadNetwork
    ) -> JSONObject {
      let roads = match?.pieces.map { piece in
        let shape = network.shape(
          of: piece.piece, in: network.segment(of: piece.piece), between: piece.covered)
        return piece.isBackward ? shape.reversed() : shape
      }
      return GeoJSON.feature(
        lines: roads ?? [line],
        ["id": id, "isMatched": match != nil, "quality": match.map { Rounded.thousandths($0.quality.overall) }])
    }

    private func id(of feature: GeoJSONReader.Feature, number: Int) throws -> String {
      let value = idProperty.map { feature.properties[$0] } ?? feature.id
      guard let value, "\(value)" != "" else {
        throw CommandFailure("LINK_WITHOUT_ID", "link \(number) has no id", value: idProperty ?? "id")
      }
      return "\(value)"
    }

    /// The lines of one link.
    private static func lines(
      _ id: String, _ match: RoadMatch, on network: RoadNetwork, _ nodes: OSMNodeIndex
    ) -> String {
      network.wayStretches(of: match).joined().compactMap { stretch in
        guard let way = network.way(osmID: stretch.wayOSMID),
          let first = nodes.osmNode(number: stretch.nodes.lowerBound, ofWay: way),
          let last = nodes.osmNode(number: stretch.nodes.upperBound, ofWay: way)
        else { return nil }
        let (from, to) = stretch.isAgainstWay ? (last, first) : (first, last)
        return csvLine([id, Figures.decimals(match.quality.overall, 3), "\(stretch.wayOSMID)", "\(from)", "\(to)"])
      }.joined()
    }

    private static func matches(of lines: [[Coordinate]], on network: RoadNetwork) -> [RoadMatch?] {
      let matcher = PolylineMatcher(network)
      return AllCores.map(lines.count) { matcher.match(lines[$0]) }
    }
  }
}
