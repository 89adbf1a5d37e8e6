/// What a request may have around its message. More is refused with a status of HTTP, and the connection closed.
public enum WebLimits {
  /// The path with its query.
  public static let urlBytesMax = 64 << 10
  /// The whole head of a request.
  public static let headBytesMax = 80 << 10
  public static let headersMax = 100
  /// A message that was compressed, once it isn't any more.
  public static let inflatedBytesMax = 8 << 20
  /// Names and values in a query.
  public static let queryItemsMax = 100
  /// Parts of a path.
  public static let pathPartsMax = 32
}
