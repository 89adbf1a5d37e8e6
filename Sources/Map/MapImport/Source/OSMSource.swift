/// Where OSM data comes from.
public enum OSMSource: Sendable {
  /// A file: `.osm.pbf`, `.osm` (XML) or `.osm.opl`, the last two also with `.gz` or `.bz2` behind it.
  case file(String)
  /// Text in OPL, the format of one object per line. Source: osmcode.org/opl-file-format.
  case text(opl: String)

  /// What errors call the source.
  public var name: String {
    switch self {
    case .file(let path): path
    case .text: "OPL text"
    }
  }

  /// Writes the source's objects as a PBF file: beside `path` first, synced, then renamed over it.
  ///
  /// - Throws: ``ImportError``: the source can't be read, or `OSM_WRITE_FAILED`; `path` is then as it was before.
  public func writePBF(to path: String) throws(ImportError) { try OSMReader(self).convert(toPBF: path) }
}
