import Foundation
import InputFiles
import MapMatching
import RoadGraph
import Traffic

extension LinkTableFile {
  /// The lines of one link.
  static func lines(_ id: String, _ match: RoadMatch, on network: RoadNetwork, _ nodes: OSMNodeIndex) -> String {
    network.wayStretches(of: match).joined().compactMap { stretch in
      guard let way = network.way(osmID: stretch.wayOSMID),
        let first = nodes.osmNode(number: stretch.nodes.lowerBound, ofWay: way),
        let last = nodes.osmNode(number: stretch.nodes.upperBound, ofWay: way)
      else { return nil }
      let (from, to) = stretch.isAgainstWay ? (last, first) : (first, last)
      return csvLine([
        id, Figures.decimals(match.quality.overall, 3), "\(stretch.wayOSMID)", "\(from)", "\(to)",
      ])
    }.joined()
  }
}
