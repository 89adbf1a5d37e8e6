import Hierarchy
import MapFile
import RoadGraph

/// A map that can be served: the road network and its hierarchy, in one file.
public struct CityMap: Sendable {
  public let path: String
  public let network: RoadNetwork
  public let hierarchy: ContractionHierarchy
  /// The sections of the file, with their sizes.
  public let sections: [MapSection]
  /// What the import said, as JSON.
  public let importReport: [UInt8]

  private static let reportSection = "import.report"

  /// Maps a file and checks all of it; the tables stay in the file.
  ///
  /// - Throws: ``MapFileError``. O(size of the file).
  public init(path: String) throws(MapFileError) {
    let file = try MappedMapFile(path: path)
    self.path = path
    network = try RoadNetwork(from: file)
    hierarchy = try ContractionHierarchy(from: file, graph: network.turnExpanded)
    sections = file.sections
    let report: Table<ByteIndex, UInt8> = try file.table(Self.reportSection)
    importReport = Array(report.buffer)
  }

  /// Writes a map file; the same arguments give the same bytes.
  ///
  /// - Throws: ``MapFileError``; a file that was at `path` before is then untouched.
  public static func write(
    network: RoadNetwork, hierarchy: ContractionHierarchy, importReport: [UInt8], to path: String
  ) throws(MapFileError) {
    var file = MapFileWriter()
    network.addSections(to: &file)
    hierarchy.addSections(to: &file)
    file.add(reportSection, Table<ByteIndex, UInt8>(importReport))
    try file.write(to: path)
  }
}
