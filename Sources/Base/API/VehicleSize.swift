/// How large the vehicle is; 0 is small enough for every limit.
public struct VehicleSize: Hashable, Codable, Sendable {
  public var heightMeters: Double = 0
  public var widthMeters: Double = 0
  public var lengthMeters: Double = 0
  public var weightTonnes: Double = 0
  public var axleLoadTonnes: Double = 0

  public init(
    heightMeters: Double = 0, widthMeters: Double = 0, lengthMeters: Double = 0, weightTonnes: Double = 0,
    axleLoadTonnes: Double = 0
  ) {
    (self.heightMeters, self.widthMeters, self.lengthMeters) = (heightMeters, widthMeters, lengthMeters)
    (self.weightTonnes, self.axleLoadTonnes) = (weightTonnes, axleLoadTonnes)
  }

  /// True if the vehicle is larger than any of some limits; a limit of 0 is none.
  public func exceeds(_ limits: VehicleSize) -> Bool {
    func exceeds(_ size: Double, _ limit: Double) -> Bool { limit > 0 && size > limit + 0.0001 }
    return exceeds(heightMeters, limits.heightMeters) || exceeds(widthMeters, limits.widthMeters)
      || exceeds(lengthMeters, limits.lengthMeters) || exceeds(weightTonnes, limits.weightTonnes)
      || exceeds(axleLoadTonnes, limits.axleLoadTonnes)
  }
}
