/// What a feature of a tile says under one of its keys.
public enum TileValue: Hashable, Sendable {
  case text(String)
  case whole(Int)
  case number(Double)
  case truth(Bool)

  /// The message `Tile.Value`.
  var packed: [UInt8] {
    var message = ProtobufBytes()
    switch self {
    case .text(let text): message.append(1, text.utf8)
    case .number(let number): message.append(3, number)
    case .whole(let number) where number >= 0: message.append(5, UInt64(number))
    case .whole(let number): message.append(6, zigzag: Int64(number))
    case .truth(let isTrue): message.append(7, UInt64(isTrue ? 1 : 0))
    }
    return message.bytes
  }
}
