import API
import Engine
import Foundation
import Messages
import OSRMPages
import TestSupport
import WebPages

/// OSRM's requests as they come, answered by an engine without a server.
struct Desk {
  let dispatcher: MessageDispatcher
  let pages: OSRMPages

  init(_ engine: any EngineAPI, profiles: [String: String] = ["driving": "plain"]) {
    dispatcher = MessageDispatcher(engine: engine)
    pages = OSRMPages(profiles: profiles)
  }

  init(_ town: Town) throws { self.init(try town.testEngine().engine) }

  /// What a URL without its host is answered with.
  ///
  /// - Parameter status: what a server says instead of asking the engine.
  func page(_ url: String, failing status: CallStatus? = nil) throws -> PageAnswer {
    let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts[0].split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(Self.decoded)
    let query = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(Self.decoded)
      return (name: sides[0], value: sides.count > 1 ? sides[1] : "")
    }
    let folder = pages.folders.first { $0.path == [path.first ?? ""] }
    guard let folder else { throw NoFolder(url: url) }
    switch folder.reply(to: PageRequest(path: Array(path.dropFirst()), query: query)) {
    case .answer(let answer): return answer
    case .call(let call):
      if let status { return call.page(.failure(status)) }
      return call.page(dispatcher.dispatch(method: call.method, payload: call.payload, deadline: nil))
    }
  }

  struct NoFolder: Error { let url: String }

  private static func decoded(_ text: Substring) -> String { text.removingPercentEncoding ?? String(text) }

  func text(_ url: String) throws -> String { String(decoding: try page(url).body, as: UTF8.self) }

  func json(_ url: String) throws -> JSON { try JSON(parsing: try page(url).body) }
}

/// A parsed answer, to be asked for what is in it.
struct JSON: CustomStringConvertible {
  let value: Any?

  init(_ value: Any?) { self.value = value }

  init(parsing bytes: [UInt8]) throws { value = try JSONSerialization.jsonObject(with: Data(bytes)) }

  subscript(name: String) -> JSON { JSON((value as? [String: Any])?[name]) }
  subscript(index: Int) -> JSON {
    let list = value as? [Any] ?? []
    return JSON(list.indices.contains(index) ? list[index] : nil)
  }

  var list: [JSON] { (value as? [Any] ?? []).map { JSON($0) } }
  var number: Double? { (value as? NSNumber)?.doubleValue }
  var text: String? { value as? String }
  var names: [String] { (value as? [String: Any] ?? [:]).keys.sorted() }
  var isNull: Bool { value is NSNull }
  var description: String { value.map { "\($0)" } ?? "nothing" }
}

extension TownMap {
  /// Places as they stand in a URL.
  func url(_ places: String) -> String {
    places.map { place in
      let coordinate = coordinate(place)
      return "\(coordinate.longitude),\(coordinate.latitude)"
    }.joined(separator: ";")
  }
}
