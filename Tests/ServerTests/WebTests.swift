import Access
import Calls
import Foundation
import Messages
import TestSupport
import Testing
import WebPages
import WebServer

/// Methods over the web, by the Connect protocol.
@Suite struct WebTests {
  static let unary = MethodSample.all.filter { $0.method.answers == .one }

  @Test func everyMethodAnswersInJSON() async throws {
    try await WebServing.run { web in
      let client = try web.client()
      for sample in Self.unary {
        let (request, expected) = try WebServing.json(sample, FakeEngine())
        let answer = try await client.ask(
          "POST", "/\(sample.method.name)", [("Content-Type", "application/json; charset=utf-8")], request)
        #expect(answer.status == 200, "\(sample.method.name)")
        #expect(answer.headers["content-type"] == "application/json")
        #expect(answer.text == String(decoding: expected, as: UTF8.self), "\(sample.method.name)")
      }
    }
  }

  @Test func everyMethodAnswersInProtobuf() async throws {
    try await WebServing.run { web in
      let client = try web.client()
      for sample in Self.unary {
        let expected = try MessageDispatcher(engine: FakeEngine())
          .dispatch(method: sample.method.name, payload: sample.request, deadline: nil).get()
        let answer = try await client.ask(
          "POST", "/\(sample.method.name)", [("Content-Type", "application/proto")], sample.request)
        #expect(answer.status == 200 && answer.headers["content-type"] == "application/proto")
        #expect(answer.body == expected, "\(sample.method.name)")
      }
    }
  }

  /// A question may be asked by a URL, a change may not.
  @Test func questionsHaveURLs() async throws {
    try await WebServing.run { web in
      let client = try web.client()
      for sample in Self.unary {
        let (request, expected) = try WebServing.json(sample, FakeEngine())
        let isChange = web.service.dispatcher.isChange(sample.method.name)
        let texts = [
          "base64=1&message=" + Data(request).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_"),
          "message="
            + (String(decoding: request, as: UTF8.self).addingPercentEncoding(withAllowedCharacters: .alphanumerics)
              ?? ""),
        ]
        for text in texts where text.utf8.count < 60_000 {
          let answer = try await client.ask("GET", "/\(sample.method.name)?connect=v1&encoding=json&\(text)")
          #expect(answer.status == (isChange ? 405 : 200), "\(sample.method.name)")
          if !isChange { #expect(answer.text == String(decoding: expected, as: UTF8.self), "\(sample.method.name)") }
        }
        if isChange { return }
      }
    }
  }

  struct Refusal {
    var method = "POST"
    var target = "/tocsin.v1.Routing/Route"
    var headers = [("Content-Type", "application/json")]
    var body = "{}"
    var status: Int
    var code: String
    var name: String?
  }

  static let refusals = [
    Refusal(body: "{", status: 400, code: "MALFORMED_MESSAGE", name: "invalid_argument"),
    Refusal(body: #"{"profil": "car"}"#, status: 400, code: "MALFORMED_MESSAGE"),
    Refusal(target: "/tocsin.v1.Routing/Fly", status: 404, code: "UNKNOWN_METHOD"),
    Refusal(method: "GET", target: "/tocsin.v1.Routing/Fly", status: 404, code: "UNKNOWN_METHOD"),
    Refusal(method: "GET", target: "/nowhere", status: 404, code: "UNKNOWN_METHOD"),
    Refusal(method: "PUT", status: 405, code: "MALFORMED_FRAME"),
    Refusal(method: "GET", status: 400, code: "MALFORMED_FRAME"),
    Refusal(
      headers: [("Content-Type", "application/x-www-form-urlencoded")], status: 415, code: "MALFORMED_FRAME"),
    Refusal(headers: [("Content-Type", "text/plain")], status: 415, code: "MALFORMED_FRAME"),
    Refusal(headers: [], status: 415, code: "MALFORMED_FRAME"),
    Refusal(headers: [("Content-Type", "application/connect+json")], status: 415, code: "MALFORMED_FRAME"),
    Refusal(
      target: "/tocsin.v1.Traffic/Watch", status: 415, code: "MALFORMED_FRAME"),
    Refusal(
      target: "/tocsin.v1.Dispatch/RemoveUnits", body: #"{"ids": ["ghost"]}"#, status: 404, code: "UNKNOWN_UNIT",
      name: "not_found"),
    Refusal(
      headers: [("Content-Type", "application/json"), ("Content-Encoding", "br")], status: 501,
      code: "COMPRESSION_UNSUPPORTED", name: "unimplemented"),
    Refusal(
      headers: [("Content-Type", "application/json"), ("Content-Encoding", "gzip")], status: 400,
      code: "MALFORMED_MESSAGE"),
    Refusal(
      headers: [("Content-Type", "application/json"), ("Connect-Timeout-Ms", "-5")], status: 400,
      code: "MALFORMED_FRAME"),
    Refusal(
      headers: [("Content-Type", "application/json"), ("Connect-Timeout-Ms", "0")], status: 504,
      code: "DEADLINE_EXCEEDED", name: "deadline_exceeded"),
    Refusal(
      headers: [("Content-Type", "application/json"), ("Connect-Protocol-Version", "2")], status: 400,
      code: "MALFORMED_FRAME"),
    Refusal(
      headers: [("Content-Type", "application/json"), ("Host", "evil.example")], status: 421, code: "FOREIGN_HOST",
      name: "permission_denied"),
    Refusal(
      headers: [("Content-Type", "application/json"), ("Origin", "https://evil.example")], status: 403,
      code: "FOREIGN_ORIGIN"),
    Refusal(
      headers: [("Content-Type", "application/json"), ("Origin", "null")], status: 403, code: "FOREIGN_ORIGIN"),
    Refusal(
      headers: [("Content-Type", "application/json"), ("Sec-Fetch-Site", "cross-site")], status: 403,
      code: "FOREIGN_ORIGIN"),
    Refusal(target: "/tocsin.v1.Routing/Route?access_token=x", status: 400, code: "MALFORMED_FRAME"),
    Refusal(method: "GET", target: "/%zz", status: 400, code: "MALFORMED_FRAME"),
  ]

  @Test func refusalsSayWhy() async throws {
    try await WebServing.run { web in
      for refusal in Self.refusals {
        let client = try web.client()
        let answer = try await client.ask(refusal.method, refusal.target, refusal.headers, Array(refusal.body.utf8))
        #expect(answer.status == refusal.status, "\(refusal)")
        #expect(answer.code == refusal.code, "\(refusal)")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
        if let name = refusal.name { #expect(json["code"] as? String == name) }
        let details = try #require(json["details"] as? [[String: Any]])
        #expect((details.first?["debug"] as? [String: Any])?["reason"] as? String == refusal.code)
        #expect(web.engine.calls.withLock { $0.routes.count } == 0)
      }
    }
  }

  @Test func theFirstPageSaysWhatThereIs() async throws {
    try await WebServing.run { web in
      let page = try await web.client().ask("GET", "/")
      #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
      #expect(page.text.contains("href=\"/openapi.json\""))
    }
  }

  @Test func compressedRequestsAreRead() async throws {
    // `{}` by gzip.
    let empty: [UInt8] = [
      31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 171, 174, 5, 0, 67, 191, 166, 163, 2, 0, 0, 0,
    ]
    try await WebServing.run { web in
      let headers = [("Content-Type", "application/json"), ("Content-Encoding", "gzip")]
      let answer = try await web.client().ask("POST", "/tocsin.v1.Admin/Status", headers, empty)
      #expect(answer.status == 200 && answer.text.contains("city.tocsin"))
    }
  }

  @Test func tokensAreBearers() async throws {
    var rules = AccessRules()
    rules.tokens = [
      TokenRecord(name: "reader", digest: TokenDigest(of: "read me"), roles: [.read]),
      TokenRecord(name: "cad", digest: TokenDigest(of: "close me"), roles: [.traffic]),
    ]
    var settings = WebSettings()
    settings.metrics = { PageAnswer(contentType: "text/plain", body: Array("figures".utf8)) }
    settings.health = { PageAnswer(contentType: "text/plain", body: Array("well".utf8)) }
    try await WebServing.run(settings, access: AccessControl(rules)) { web in
      let client = try web.client()
      let (read, close) = ([("Authorization", "Bearer read me")], [("authorization", "bearer close me")])
      #expect(try await web.client().call("Admin/Status", "{}").status == 401)
      #expect(try await web.client().call("Admin/Status", "{}").headers["www-authenticate"] == "Bearer")
      #expect(try await client.call("Admin/Status", "{}", read).status == 200)
      #expect(try await client.call("Dispatch/RemoveUnits", #"{"ids": ["a"]}"#, read).code == "PERMISSION_DENIED")
      let sample = try #require(MethodSample.all.last { $0.method.name == ServiceMethods.putClosures.name })
      let closures = String(decoding: try WebServing.json(sample, FakeEngine()).request, as: UTF8.self)
      #expect(try await web.client().call("Traffic/PutClosures", closures, close).status == 200)
      #expect(try await web.client().ask("GET", "/metrics").status == 401)
      #expect(try await web.client().ask("GET", "/metrics", read).text == "figures")
      #expect(try await web.client().ask("GET", "/health").text == "well")
      #expect(web.engine.calls.withLock { $0.origins.map(\.actor) } == ["cad"])
    }
  }

  @Test func originsThatMayAskAreToldSo() async throws {
    var settings = WebSettings()
    (settings.hosts, settings.origins) = (["tocsin.example"], ["https://map.example"])
    try await WebServing.run(settings) { web in
      let client = try web.client()
      let foreign = ("Origin", "https://map.example")
      let preflight = try await client.ask("OPTIONS", "/tocsin.v1.Routing/Route", [foreign])
      #expect(preflight.status == 204)
      #expect(preflight.headers["access-control-allow-origin"] == "https://map.example")
      #expect(preflight.headers["access-control-allow-headers"]?.contains("authorization") == true)
      let answer = try await client.call("Admin/Status", "{}", [foreign])
      #expect(answer.status == 200 && answer.headers["access-control-allow-origin"] == "https://map.example")
      let own = try await client.call(
        "Admin/Status", "{}", [("Host", "tocsin.example:80"), ("Origin", "http://tocsin.example:80")])
      #expect(own.status == 200 && own.headers["access-control-allow-origin"] == nil)
      #expect(own.headers["content-security-policy"]?.contains("default-src 'none'") == true)
      #expect(own.headers["x-content-type-options"] == "nosniff")
      #expect(try await web.client().ask("OPTIONS", "/x", [("Origin", "https://evil.example")]).status == 403)
    }
  }
}
