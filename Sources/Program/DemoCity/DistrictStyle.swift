/// How streets are drawn in one kind of district.
struct DistrictStyle: Sendable {
  /// The largest turn of a street off the block's short axis.
  var turnRadians: Double
  /// How often a street bends at its middle, and by how much at most.
  var bendChance: Double
  var bendRadians: Double
  /// How often a street is one-way.
  var oneWayChance: Double
  /// The share of the district's junctions that dead ends and crescents make.
  var spurShare: Double
  var livingStreetChance: Double
  var serviceChance: Double
  /// Relative to the usual number of junctions per area.
  var density: Double
  /// A street that would end this close to a corner (as a share of the spacing) goes on from that corner.
  var snapShare: Double
  /// Blocks' sizes differ by up to this factor.
  var unevenness: Double

  static func style(of land: Land) -> DistrictStyle {
    switch land {
    case .oldTown:
      DistrictStyle(
        turnRadians: 0.4, bendChance: 0.7, bendRadians: 0.55, oneWayChance: 0.6, spurShare: 0.1,
        livingStreetChance: 0.25, serviceChance: 0, density: 1.5, snapShare: 0.2, unevenness: 1.8)
    case .centre:
      DistrictStyle(
        turnRadians: 0.06, bendChance: 0.08, bendRadians: 0.2, oneWayChance: 0.35, spurShare: 0.06,
        livingStreetChance: 0.04, serviceChance: 0.1, density: 1.1, snapShare: 0.4, unevenness: 1.4)
    case .terraces:
      DistrictStyle(
        turnRadians: 0.05, bendChance: 0.05, bendRadians: 0.2, oneWayChance: 0.12, spurShare: 0.06,
        livingStreetChance: 0.06, serviceChance: 0.08, density: 1.1, snapShare: 0.42, unevenness: 1.3)
    case .industry:
      DistrictStyle(
        turnRadians: 0.03, bendChance: 0, bendRadians: 0, oneWayChance: 0.03, spurShare: 0.35,
        livingStreetChance: 0, serviceChance: 0.45, density: 0.45, snapShare: 0.3, unevenness: 1.6)
    default:
      DistrictStyle(
        turnRadians: 0.16, bendChance: 0.45, bendRadians: 0.5, oneWayChance: 0.02, spurShare: 0.5,
        livingStreetChance: 0.12, serviceChance: 0.03, density: 0.9, snapShare: 0.25, unevenness: 1.6)
    }
  }
}
