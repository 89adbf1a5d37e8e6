import WebPages

/// All that maps of others ask for.
public enum MapFolders {
  public static let all: [any PageFolder] = [TilePages(), FeaturePages()]
}
