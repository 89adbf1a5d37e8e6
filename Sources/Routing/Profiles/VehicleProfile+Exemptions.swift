import API
import RoadGraph

extension VehicleProfile {
  /// What the vehicle makes of rules that bind civil traffic.
  public struct ExemptionRules: Hashable, Sendable {
    public var turnBans = PassageRule.never
    /// Turn restrictions made for responders (`restriction:emergency`); they bind vehicles with the siren on.
    public var emergencyTurnBans = PassageRule.never
    public var contraflow = PassageRule.never
    public var privateRoads = PassageRule.never
    public var restrictedAccess = PassageRule.never
    public var destinationOnly = PassageRule.never
    public var busLanes = PassageRule.never
    public var highOccupancy = PassageRule.never
    public var pedestrianZones = PassageRule.never
    public var parkPaths = PassageRule.never
    public var emergencyWays = PassageRule.never
    public var tracks = PassageRule.never
    /// Ferries and trains for cars.
    public var ferries = PassageRule.never
    /// Roads whose signs say that the vehicle is too high, wide, long or heavy for them, though it fits.
    public var legalLimits = PassageRule.never
    /// Roads over ice or snow.
    public var winterRoads = PassageRule.never
    /// Roads through water.
    public var fords = PassageRule.never
    /// Roads that are under water now and then.
    public var floodProne = PassageRule.never
  }

  /// How much of the delay of civil traffic this vehicle suffers too: 0 = none, 1 = all of it.
  public struct CivilTraffic: Hashable, Sendable {
    public var shareByClass = KindTable<RoadClass, Double>(repeating: 1)
    /// Beside a bus lane that the vehicle may use, if that is less.
    public var besideBusLane: Double = 1
  }

  public typealias Size = VehicleSize
}

extension VehicleProfile.Size {
  /// True if the vehicle is within all limits of a road; a limit of 0 is none.
  func isWithin(_ limits: SizeLimits) -> Bool {
    isWithin(limits.heightCentimeters, heightMeters * 100) && isNarrower(than: limits.widthCentimeters)
      && isWithin(limits.lengthCentimeters, lengthMeters * 100)
      && isWithin(limits.weightTensOfKilograms, weightTonnes * 100)
      && isWithin(limits.axleLoadTensOfKilograms, axleLoadTonnes * 100)
  }

  /// A gap that is just as wide as the vehicle lets nobody through.
  func isNarrower(than limitCentimeters: UInt16) -> Bool {
    limitCentimeters == 0 || widthMeters * 100 < Double(limitCentimeters) - 0.01
  }

  /// In the unit of the limit; what files say in metres has no more than three digits that count.
  func isWithin(_ limit: UInt16, _ amount: Double) -> Bool { limit == 0 || amount <= Double(limit) + 0.01 }
}
