import API
import Synchronization
import VectorTiles

/// Tiles that were asked for lately, as many as fit.
///
/// They lie in two heaps: what is asked for comes to the young one, and when that has half of the bytes it becomes the
/// old one, whose tiles are forgotten. So a tile stays for as long as it is asked for now and then, and nothing is ever
/// looked through.
final class TileCache: Sendable {
  struct Key: Hashable, Sendable {
    var layer: TileLayer
    var address: TileAddress
    var profile: String
    /// With which what the layer shows was last changed.
    var version: UInt64
    /// Further things that what the layer shows depends on.
    var mark = 0
  }

  private struct Heaps {
    var young: [Key: VectorTile] = [:]
    var old: [Key: VectorTile] = [:]
    var youngBytes = 0
    var oldBytes = 0
  }

  private let heaps = Mutex(Heaps())
  private let bytesMax: Int

  init(bytesMax: Int) { self.bytesMax = bytesMax }

  /// What an entry takes beside its tile.
  private static let entryBytes = 200

  /// Of all that is kept.
  var byteCount: Int { heaps.withLock { $0.youngBytes + $0.oldBytes } }

  /// The tile of a key, drawn if it isn't there. Two that ask for it at the same time may both draw it. O(1).
  func tile(_ key: Key, draw: () throws(EngineError) -> VectorTile) throws(EngineError) -> VectorTile {
    if let known = heaps.withLock({ $0.young[key] }) { return known }
    let tile: VectorTile
    if let known = heaps.withLock({ $0.old[key] }) { tile = known } else { tile = try draw() }
    heaps.withLock { keep(tile, as: key, in: &$0) }
    return tile
  }

  private func keep(_ tile: VectorTile, as key: Key, in heaps: inout Heaps) {
    let bytes = tile.bytes.count + Self.entryBytes
    guard bytes <= bytesMax / 2, heaps.young[key] == nil else { return }
    if heaps.youngBytes + bytes > bytesMax / 2 {
      (heaps.old, heaps.oldBytes) = (heaps.young, heaps.youngBytes)
      (heaps.young, heaps.youngBytes) = ([:], 0)
    }
    heaps.young[key] = tile
    heaps.youngBytes += bytes
  }
}
