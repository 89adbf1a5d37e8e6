import Messages
import NIOCore
import NIOHPACK
import Testing

@testable import Load

/// What a load writes and reads is what the codec of the server writes and reads.
@Suite struct WireTests {
  private static func scanned(_ response: FrameResponse) throws -> (ScannedResponse?, code: String, payload: [UInt8]) {
    let frame = try FrameCodec.encode(.response(response)).dropFirst(FrameLimits.headerBytes)
    return Array(frame).withUnsafeBytes { bytes in
      let scan = ScannedResponse(frame: bytes)
      let code = scan.map { String(decoding: bytes[$0.code], as: UTF8.self) } ?? ""
      return (scan, code, scan.map { Array(bytes[$0.payload]) } ?? [])
    }
  }

  @Test(arguments: [1, 127, 128, 1 << 20, 1 << 48, UInt64.max]) func scansAnswers(_ id: UInt64) throws {
    let (scan, _, payload) = try Self.scanned(FrameResponse(id: id, payload: Array(repeating: 7, count: 300)))
    #expect(scan?.id == id)
    #expect(scan?.status == 0)
    #expect(scan?.more == false)
    #expect(payload == Array(repeating: 7, count: 300))
    #expect(try Self.scanned(FrameResponse(id: id, payload: [1], more: true)).0?.more == true)
  }

  @Test func scansRefusals() throws {
    let status = CallStatus(.overloaded, "too much", value: "9")
    let (scan, code, payload) = try Self.scanned(FrameResponse(id: 4, refusal: status))
    #expect(scan?.id == 4)
    #expect(scan?.status == 8)
    #expect(code == "OVERLOADED")
    #expect(payload.isEmpty)
  }

  @Test func refusesWhatIsNoResponse() throws {
    let request = try FrameCodec.encode(.request(FrameRequest(id: 1, method: "m", payload: [1, 2])))
    let response = try FrameCodec.encode(.response(FrameResponse(id: 1, payload: [1, 2])))
    let frames = [request, Array(response.dropLast()), [], response.map { $0 | 0x80 }]
    for frame in frames {
      Array(frame.dropFirst(FrameLimits.headerBytes)).withUnsafeBytes { #expect(ScannedResponse(frame: $0) == nil) }
    }
  }

  @Test(arguments: [1, 127, 128, 16_384, 1 << 48, UInt64.max], [0, 1, 110, 120, 20_000])
  func writesRequests(_ id: UInt64, _ payloadBytes: Int) throws {
    var plan = LoadPlan.test
    (plan.token, plan.timeoutSeconds) = ("secret", 1.5)
    let payload = (0..<payloadBytes).map { UInt8(truncatingIfNeeded: $0) }
    let call = CallWriter(plan).prepare(method: "tocsin.v1.Dispatch/FastestUnits", payload: payload)
    var buffer = ByteBuffer()
    buffer.writeFrame(of: call, id: id)
    let length: UInt32? = buffer.readInteger()
    #expect(length.map { Int($0) } == buffer.readableBytes)
    let frame = try buffer.withUnsafeReadableBytes { try FrameCodec.decode($0) }
    #expect(
      frame
        == .request(
          FrameRequest(
            id: id, method: "tocsin.v1.Dispatch/FastestUnits", deadlineMilliseconds: 1_500, token: "secret",
            payload: payload)))
  }

  @Test func writesCallsOfGRPC() {
    var plan = LoadPlan.test
    (plan.target, plan.token) = (.grpc(host: "::1", port: 5), "secret")
    let call = CallWriter(plan).prepare(method: "a/B", payload: [1, 2])
    #expect(Array(call.body.readableBytesView) == [0, 0, 0, 0, 2, 1, 2])
    #expect(call.headers.first(name: ":path") == "/a/B")
    #expect(call.headers.first(name: ":authority") == "[::1]:5")
    #expect(call.headers.first(name: "authorization") == "Bearer secret")
  }
}
