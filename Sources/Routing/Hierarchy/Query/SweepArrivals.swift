import MapFile
import RoadGraph

/// Who comes to each arc by a ``Sweep``: columns for loops over many arcs.
///
/// Valid while the sweep lives and doesn't run again. Arcs are not checked to be on the map.
@frozen public struct SweepArrivals {
  /// One that comes to an arc.
  @frozen public struct Entry: Sendable, Hashable {
    public let weight: Weight
    public let group: UInt32
    public let member: UInt32

    @inlinable init(weight: Weight, group: UInt32, member: UInt32) {
      (self.weight, self.group, self.member) = (weight, group, member)
    }
  }

  /// Weight above group above member.
  @usableFromInline let entries: UnsafePointer<UInt64>
  @usableFromInline let ranks: UnsafePointer<Rank>
  @usableFromInline let depth: Int
  @usableFromInline let memberBits: UInt32

  /// The entry of nobody.
  @inlinable static var none: UInt64 { UInt64(Weight.infinity) << 32 }

  init(entries: UnsafePointer<UInt64>, ranks: UnsafePointer<Rank>, depth: Int, memberBits: UInt32) {
    (self.entries, self.ranks, self.depth, self.memberBits) = (entries, ranks, depth, memberBits)
  }

  /// Who comes to the tail of an arc as the first (0), the second ...; `nil` if nobody does. O(1).
  @inlinable public func entry(_ number: Int, at arc: ArcID) -> Entry? {
    guard number < depth else { return nil }
    let entry = entries[ranks[arc.position].position &* depth &+ number]
    guard entry < Self.none else { return nil }
    let who = UInt32(truncatingIfNeeded: entry)
    return Entry(weight: Weight(entry >> 32), group: who &>> memberBits, member: who & (1 &<< memberBits &- 1))
  }
}
