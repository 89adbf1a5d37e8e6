import Foundation
import Messages
import TestSupport

/// What is done to a server of the web.
extension AttackTools {
  private func head(_ method: String, _ target: String, _ headers: [String] = []) -> [UInt8] {
    let token = "Authorization: Bearer \(server.token("read"))"
    let lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1", token] + headers
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  private static let json = "Content-Type: application/json"

  /// Bodies that never become whole, each as long as a request may be, on many connections.
  func sendHalfBodies() async {
    let bytes = FrameLimits.requestBytesMax
    let start = head("POST", "/\(ServiceMethods.route.name)", [Self.json, "Content-Length: \(bytes)"])
    let request = start + [UInt8](repeating: 0x20, count: bytes / 4)
    await clock.run(threads: 4) { _ in
      var lines: [AttackLine] = []
      while !clock.isOver {
        if let line = AttackLine(server.web) {
          line.send(request)
          lines.append(line)
        }
        if lines.count > 100 { lines.removeFirst(50) }
      }
    }
  }

  /// Heads that come byte by byte.
  func dripHeads() async {
    let request = head("GET", "/health", (0..<50).map { "X-\($0): \(String(repeating: "y", count: 200))" })
    await clock.run(threads: 2) { _ in
      var lines: [(AttackLine, sent: Int)] = []
      while !clock.isOver {
        if lines.count < AttackedServer.connectionsMax, let line = AttackLine(server.web) { lines.append((line, 0)) }
        lines = lines.compactMap { line, sent in
          guard sent < request.count, line.send([request[sent]]) else { return nil }
          return (line, sent + 1)
        }
        usleep(1_000)
      }
    }
  }

  /// Requests that are small until they are decompressed, and lists within lists.
  func sendBombs() async {
    // A member of gzip that says the same 258 bytes again and again.
    let bomb = Self.gzipOfBlanks(megabytes: 60)
    let nested = Array(String(repeating: "[", count: 1 << 20).utf8)
    let zipped = ["Content-Encoding: gzip", "Content-Length: \(bomb.count)", Self.json]
    let requests = [
      head("POST", "/\(ServiceMethods.route.name)", zipped) + bomb,
      head("POST", "/\(ServiceMethods.route.name)", ["Content-Length: \(nested.count)", Self.json]) + nested,
    ]
    await clock.run(threads: 4) { number in
      while !clock.isOver {
        guard let line = AttackLine(server.web), line.send(requests[number % 2]) else { continue }
        _ = line.readSome()
      }
    }
  }

  /// Blanks, compressed as hard as that goes.
  private static func gzipOfBlanks(megabytes: Int) -> [UInt8] {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "head -c \(megabytes)000000 /dev/zero | tr '\\0' ' ' | gzip -9"]
    (process.standardInput, process.standardOutput) = (input, output)
    guard (try? process.run()) != nil else { return [] }
    let bytes = (try? output.fileHandleForReading.readToEnd()).map { [UInt8]($0) } ?? []
    process.waitUntilExit()
    return bytes
  }

  /// Lists in JSON, asked for on many connections, which nobody reads.
  func askWebWithoutReading() async {
    let request = head("GET", "/\(ServiceMethods.listUnits.name)?encoding=json&message=%7B%7D")
    let several = (0..<200).flatMap { _ in request }
    await clock.run(threads: 2) { _ in
      var lines: [AttackLine] = []
      while !clock.isOver {
        guard lines.count < 100, let line = AttackLine(server.web) else {
          usleep(50_000)
          continue
        }
        line.send(several)
        lines.append(line)
      }
    }
  }

  /// More streams of events than anybody reads.
  func openWebStreams() async {
    let request = head("GET", "/\(ServiceMethods.watchTraffic.name)", ["Accept: text/event-stream"])
    await clock.run(threads: 2) { _ in
      var lines: [AttackLine] = []
      while !clock.isOver {
        if let line = AttackLine(server.web) {
          line.send(request)
          lines.append(line)
        }
        if lines.count > AttackedServer.connectionsMax { lines.removeFirst(lines.count / 4) }
        usleep(1_000)
      }
    }
  }
}
