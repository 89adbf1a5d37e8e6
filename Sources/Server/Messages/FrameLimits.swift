/// The sizes of what travels between client and server.
public enum FrameLimits {
  /// The bytes of the length that stands before every frame, big-endian.
  public static let headerBytes = 4
  /// The longest frame that either side takes, without its header. A hundred thousand units fit into one.
  public static let frameBytesMax = 16 << 20
  /// The longest payload of one response; a longer answer is sent in several, all but the last marked `more`.
  public static let payloadPieceBytes = 8 << 20
  /// The longest request put together from pieces, and all unfinished ones of a connection: some million speeds.
  public static let requestBytesMax = 64 << 20
  /// The longest answer that a client puts together.
  public static let answerBytesMax = 512 << 20
  /// The memory that a request may take when read: small messages on the wire are large ones in memory.
  public static let requestMemoryBytesMax = 128 << 20
  /// The memory that an answer may take when read.
  static let answerMemoryBytesMax = 4 << 30
}
