/// What a road is made of. Source: OSM wiki, Key:surface.
public enum Surface: UInt8, CaseIterable, Sendable {
  case unknown
  case paved, asphalt, concrete, cement, metal, pavingStones, bricks, sett, cobblestone, wood, tartan
  case unpaved, compacted, fineGravel, gravel, pebblestone, grassPaver, grass, ground, dirt, earth, clay, stone, rock
  case sand, mud, snow, ice

  /// The name that profiles use, as OSM spells it: `fine_gravel`.
  public var osmName: String {
    switch self {
    case .pavingStones: "paving_stones"
    case .fineGravel: "fine_gravel"
    case .grassPaver: "grass_paver"
    default: String(describing: self)
    }
  }
}

/// How even a road is. Source: OSM wiki, Key:smoothness.
public enum Smoothness: UInt8, CaseIterable, Sendable {
  case unknown, excellent, good, intermediate, bad, veryBad, horrible, veryHorrible, impassable

  /// The name that profiles use, as OSM spells it: `very_bad`.
  public var osmName: String {
    switch self {
    case .veryBad: "very_bad"
    case .veryHorrible: "very_horrible"
    default: String(describing: self)
    }
  }
}

/// What a `highway=service` road serves. Source: OSM wiki, Key:service.
public enum ServiceKind: UInt8, CaseIterable, Sendable {
  case none, alley, driveway, parkingAisle, driveThrough, emergencyAccess

  /// The name that profiles use, as OSM spells it: `parking_aisle`.
  public var osmName: String {
    switch self {
    case .parkingAisle: "parking_aisle"
    case .driveThrough: "drive-through"
    case .emergencyAccess: "emergency_access"
    default: String(describing: self)
    }
  }
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
