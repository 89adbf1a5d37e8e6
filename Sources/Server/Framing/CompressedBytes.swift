import CZlib
import Messages

/// What clients compress (gzip, RFC 1952).
public enum CompressedBytes {
  private static let stepBytes = 64 << 10
  /// zlib's number for "gzip only, the largest window".
  private static let gzipWindow: Int32 = 15 + 16

  /// The bytes as they were. O(bytes of the result).
  ///
  /// - Throws: `MALFORMED_MESSAGE` for what is no gzip, `MESSAGE_TOO_LARGE` for more than `bytesMax`.
  public static func inflate(_ bytes: ArraySlice<UInt8>, bytesMax: Int) throws(CallStatus) -> [UInt8] {
    var stream = z_stream()
    guard inflateInit2_(&stream, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw CallStatus(.messageTooLarge, "no memory to decompress the request")
    }
    defer { inflateEnd(&stream) }
    var (input, result) = (Array(bytes), [UInt8]())
    var step = [UInt8](repeating: 0, count: stepBytes)
    return try input.withUnsafeMutableBufferPointer { (input) throws(CallStatus) -> [UInt8] in
      (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
      while true {
        let code = step.withUnsafeMutableBufferPointer { step in
          (stream.next_out, stream.avail_out) = (step.baseAddress, UInt32(step.count))
          return CZlib.inflate(&stream, Z_NO_FLUSH)
        }
        result += step.prefix(stepBytes - Int(stream.avail_out))
        guard result.count <= bytesMax else {
          throw CallStatus(.messageTooLarge, "a request has at most \(bytesMax) bytes, decompressed")
        }
        if code == Z_STREAM_END { return result }
        guard code == Z_OK, stream.avail_in > 0 || stream.avail_out == 0 else {
          throw CallStatus(.malformedMessage, "the request is not compressed by gzip, or cut short")
        }
      }
    }
  }
}
