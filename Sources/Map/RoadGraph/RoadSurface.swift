/// What a road is made of. Source: OSM wiki, Key:surface.
public enum Surface: UInt8, CaseIterable, OSMNamed, Sendable {
  case unknown
  case paved, asphalt, concrete, cement, metal, pavingStones, bricks, sett, cobblestone, wood, tartan
  case unpaved, compacted, fineGravel, gravel, pebblestone, grassPaver, grass, ground, dirt, earth, clay, stone, rock
  case sand, mud, snow, ice
}

/// How even a road is. Source: OSM wiki, Key:smoothness.
public enum Smoothness: UInt8, CaseIterable, OSMNamed, Sendable {
  case unknown, excellent, good, intermediate, bad, veryBad, horrible, veryHorrible, impassable
}

/// What a `highway=service` road serves. Source: OSM wiki, Key:service.
public enum ServiceKind: UInt8, CaseIterable, OSMNamed, Sendable {
  case none, alley, driveway, parkingAisle, driveThrough, emergencyAccess

  public var osmName: String { self == .driveThrough ? "drive-through" : nameInSnakeCase }
}

/// The largest vehicle that passes; 0 where the map tells no limit. 10 bytes in the file.
///
/// Source: OSM wiki, Key:maxheight, Key:maxwidth, Key:maxlength, Key:maxweight, Key:maxaxleload.
public struct SizeLimits: Hashable, Sendable, BitwiseCopyable {
  public var heightCentimeters: UInt16 = 0
  public var widthCentimeters: UInt16 = 0
  public var lengthCentimeters: UInt16 = 0
  /// In units of 10 kg.
  public var weightTensOfKilograms: UInt16 = 0
  /// In units of 10 kg.
  public var axleLoadTensOfKilograms: UInt16 = 0

  public init() {}
}
