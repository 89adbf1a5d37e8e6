import API
import Foundation
import Traffic

/// OSRM's file of speeds: `from,to,km/h[,rate]`, each from one OSM node to another; 0 closes the road.
enum OSRMSpeeds {
  static func content(of data: Data) throws(FeedError) -> FeedContent {
    var (values, content) = try OSRMFile(nodeCount: 2, valueMax: FeedDefaults.kmhMax).read(data)
    content.speeds = values.map { key, kmh in
      RoadSpeed(.nodes(OSMNodePair(from: key.from, to: key.to)), kmh: kmh)
    }
    return content
  }
}
