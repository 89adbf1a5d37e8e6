import Foundation
import TestSupport
import Testing

@testable import tocsin

/// Pages that feeds are fetched from.
@Suite struct FeedFileTests {
  /// A server of Python's on a free port, which it prints; it ends with its standard input.
  private final class Pages {
    private let process = Process()
    private let input = Pipe()
    let address: String

    init() throws {
      let output = Pipe()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
      process.arguments = ["-c", Self.script]
      (process.standardInput, process.standardOutput, process.standardError) = (input, output, FileHandle.nullDevice)
      try process.run()
      let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      address = "http://127.0.0.1:\(line.trimmingCharacters(in: .whitespacesAndNewlines))"
    }

    deinit {
      try? input.fileHandleForWriting.close()
      process.terminate()
    }

    private static let script = """
      import http.server, sys, threading, time
      class Handler(http.server.BaseHTTPRequestHandler):
          asked = 0
          def log_message(self, *words): pass
          def answer(self, status, body=b'', **headers):
              self.send_response(status)
              for name, value in headers.items(): self.send_header(name.replace('_', '-'), value)
              self.send_header('Content-Length', str(len(body)))
              self.end_headers()
              self.wfile.write(body)
          def do_GET(self):
              if self.path == '/feed':
                  Handler.asked += 1
                  if self.headers.get('If-None-Match') == '"v1"': return self.answer(304)
                  return self.answer(200, b'{"asked":%d}' % Handler.asked, ETag='"v1"')
              if self.path == '/asked': return self.answer(200, b'%d' % Handler.asked)
              if self.path == '/moved': return self.answer(302, Location='/feed')
              if self.path == '/local': return self.answer(302, Location='file:///etc/hostname')
              if self.path == '/large': return self.answer(200, b'x' * 100000)
              if self.path == '/slow': time.sleep(20)
              self.answer(404)
      server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
      print(server.server_port, flush=True)
      threading.Thread(target=server.serve_forever, daemon=True).start()
      sys.stdin.read()
      """
  }

  private func failure(_ path: String, seconds: Double = 10, bytesMax: Int = 1_000) -> String? {
    var file = FeedFile(path, secondsMax: seconds, bytesMax: bytesMax)
    do {
      _ = try file.read()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func aPageIsFetchedAgainOnlyWhenItIsNew() throws {
    let pages = try Pages()
    var file = FeedFile(pages.address + "/feed", secondsMax: 10)
    let first = try file.read()
    #expect(String(decoding: first, as: UTF8.self) == "{\"asked\":1}")
    #expect(try file.read() == first, "unchanged")
    var asked = FeedFile(pages.address + "/asked", secondsMax: 10)
    #expect(String(decoding: try asked.read(), as: UTF8.self) == "2", "but asked for")
    var moved = FeedFile(pages.address + "/moved", secondsMax: 10)
    #expect(String(decoding: try moved.read(), as: UTF8.self) == "{\"asked\":3}")
  }

  @Test func pagesHaveLimits() throws {
    let pages = try Pages()
    #expect(failure(pages.address + "/large")?.contains("too large") == true)
    #expect(failure(pages.address + "/large", bytesMax: 100_000) == nil)
    #expect(failure(pages.address + "/slow", seconds: 1)?.contains("no whole answer in time") == true)
    #expect(failure(pages.address + "/gone")?.contains("status 404") == true)
    #expect(failure(pages.address + "/local")?.hasPrefix("FEED_UNREADABLE: ") == true, "no other protocols")
    #expect(failure("http://127.0.0.1:1/")?.hasPrefix("FEED_UNREADABLE: ") == true)
  }

  @Test func filesHaveLimits() throws {
    let folder = TemporaryFolder()
    try Data(count: 1_001).write(to: folder.url("a"))
    #expect(failure(folder.path("a"))?.contains("larger than 1000 bytes") == true)
    #expect(failure(folder.path("b"))?.contains("can't be read") == true)
    #expect(failure(folder.path("a"), bytesMax: 1_001) == nil)
  }
}
