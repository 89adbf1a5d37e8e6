import RoadGraph
import TOMLText

/// Goes through the keys of a profile: a reader sets their values, a writer writes them. The list of keys stands once,
/// in `VehicleProfile+Keys.swift`.
protocol ProfileVisitor {
  mutating func section(_ key: String, _ visit: (inout Self) throws(FileError) -> Void) throws(FileError)
  mutating func number(_ key: String, in range: ClosedRange<Double>, into target: inout Double) throws(FileError)
  /// A speed in km/h, or `"never"`.
  mutating func speed(_ key: String, into target: inout Double?) throws(FileError)
  /// A cap of speed: `"any"`, km/h or `"never"`.
  mutating func cap(_ key: String, into target: inout SpeedCap) throws(FileError)
  /// A rule in any of its spellings.
  mutating func rule(_ key: String, _ place: RulePlace, into target: inout PassageRule) throws(FileError)
  /// `default` first, then the classes that differ.
  mutating func shares(into target: inout KindTable<RoadClass, Double>) throws(FileError)
}

/// Where a rule applies: a speed limit makes sense only along a way.
enum RulePlace { case atAPoint, alongAWay }
