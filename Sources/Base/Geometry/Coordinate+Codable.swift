/// Coded as `{"lat":..,"lon":..}` in degrees.
extension Coordinate: Codable {
  private enum CodingKeys: String, CodingKey { case lat, lon }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let latitude = try container.decode(Double.self, forKey: .lat)
    let longitude = try container.decode(Double.self, forKey: .lon)
    guard let coordinate = Coordinate(latitude: latitude, longitude: longitude) else {
      throw DecodingError.dataCorruptedError(
        forKey: .lat, in: container, debugDescription: "coordinate out of range: \(latitude),\(longitude)")
    }
    self = coordinate
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(latitude, forKey: .lat)
    try container.encode(longitude, forKey: .lon)
  }
}
