/// Why an OSM way costs a vehicle what it costs: the map's facts, the profile's rules and the department's words.
public struct WayExplanation: Hashable, Sendable {
  /// A fact of the map, such as `surface` and `gravel`.
  public struct Fact: Hashable, Sendable, Encodable {
    public let name: String
    public let value: String
  }

  /// A rule of the map that holds at times only.
  public struct Condition: Hashable, Sendable, Encodable {
    /// When, as the map says: `Mo-Fr 07:00-09:00`.
    public let text: String
    public let holds: Bool
    /// The facts of the way while it holds, as far as they differ.
    public let facts: [Fact]
  }

  /// An entry of the department's file of overrides that is for the profile.
  public struct Override: Hashable, Sendable, Encodable {
    public let line: Int
    /// What it says: `way both: access last_resort, 20 km/h`.
    public let text: String
    public let note: String
  }

  /// What one piece of the way costs in one direction.
  public struct Part: Hashable, Sendable, Encodable {
    /// `stretch`, or what stands there: `gate`.
    public let kind: String
    /// Of the OSM node; `nil` for a stretch.
    public let node: Int64?
    public let lengthMeters: Double
    /// Against the direction of the OSM way; `nil` at a junction, which is felt alike from every side.
    public let isAgainstWay: Bool?
    /// `nil` where the vehicle is kept out.
    public let seconds: Double?
    /// What keeps routes away from it, besides its time.
    public let reluctanceSeconds: Double
    /// `nil` at a point and where the vehicle is kept out.
    public let speedKmh: Double?
    public let reason: Reason
    /// What the vehicle needs to pass: `contraflow`.
    public let exemptions: [String]
    /// The part of the time that they take.
    public let exemptionSeconds: Double
    /// The share of civil traffic's delay that the vehicle suffers: 0 = none, 1 = all of it.
    public let civilTrafficShare: Double
  }

  /// What decided.
  public struct Reason: Hashable, Sendable, Encodable {
    /// The profile's key, such as `speeds.maxspeed_factor`; `nil` if something else decided.
    public let key: String?
    /// The key's value as the profile has it.
    public let value: String?
    /// For people: `maxspeed 50, speeds.maxspeed_factor = 0.8`.
    public let text: String
  }

  /// Its OSM id.
  public let way: Int64
  public let name: String
  public let profile: String
  public let facts: [Fact]
  public let conditions: [Condition]
  public let overrides: [Override]
  /// In the order of the way; of each piece along the way first, then against it.
  public let parts: [Part]
}
