import Client
import Foundation
import Framing
import Glibc
import Messages
import NIOCore
import TestSupport
import Testing

/// Who came to the wrong port is told what is there.
@Suite struct WrongPortTests {
  /// Sends the same bytes to whoever connects, once, and closes.
  private final class FixedServer {
    let address: ServerAddress
    private let descriptor: Int32

    init(_ bytes: [UInt8]) throws {
      let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var inet = sockaddr_in()
      inet.sin_family = sa_family_t(AF_INET)
      inet.sin_addr.s_addr = inet_addr("127.0.0.1")
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let port = try withUnsafeMutablePointer(to: &inet) { pointer in
        try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          try #require(bind(listening, address, length) == 0 && listen(listening, 1) == 0)
          try #require(getsockname(listening, address, &length) == 0)
        }
        return Int(UInt16(bigEndian: pointer.pointee.sin_port))
      }
      address = .tcp(host: "127.0.0.1", port: port)
      descriptor = listening
      Thread.detachNewThread {
        let connection = accept(listening, nil, nil)
        var request = [UInt8](repeating: 0, count: 1_000)
        _ = read(connection, &request, request.count)
        _ = write(connection, bytes, bytes.count)
        // The rest is read, so that the end is no reset that overtakes the bytes.
        shutdown(connection, Int32(SHUT_WR))
        while read(connection, &request, request.count) > 0 {}
        close(connection)
      }
    }

    deinit { close(descriptor) }
  }

  @Test(
    arguments: [
      ([0x15, 3, 1, 0, 2, 2, 0x46], "CONNECTION_FAILED", "speaks TLS"),
      (Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), "CONNECTION_FAILED", "speaks HTTP:"),
      ([0, 0, 18, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100], "CONNECTION_FAILED", "speaks HTTP/2"),
      ([], "CONNECTION_LOST", "may want TLS (--ca)"), ([0, 0, 0, 1, 7], "MALFORMED_FRAME", ""),
    ] as [([UInt8], String, String)])
  func aClientIsTold(_ bytes: [UInt8], _ code: String, _ words: String) async throws {
    let server = try FixedServer(bytes)
    let client = try await TocsinClient.connect(to: server.address)
    let error = await #expect(throws: ClientError.self) { _ = try await client.health() }
    #expect(error?.code == code, "\(String(describing: error))")
    #expect(words.isEmpty || error?.message.contains(words) == true, "\(String(describing: error))")
    await client.close()
  }

  @Test(
    arguments: [
      (Array("GET / HTTP/1.1\r\n".utf8), "HTTP"), ([0x16, 3, 1, 2, 0, 1], "TLS"),
      (Array("PRI * HTTP/2.0\r\n".utf8), "HTTP"),
    ] as [([UInt8], String)])
  func aServerKnowsThem(_ bytes: [UInt8], _ name: String) throws {
    var buffer = ByteBuffer(bytes: bytes)
    var decoder = FrameDecoder()
    let status = #expect(throws: CallStatus.self) { try decoder.decode(buffer: &buffer) }
    #expect(status?.code == "MALFORMED_FRAME" && status?.value == name)
    #expect(status?.message.contains("speaks \(name)") == true)
  }
}
