import API
import AnswerJSON
import Messages
import WebPages

/// Tiles of the map: `/tiles/{layer}/{z}/{x}/{y}.mvt?profile=` and what a map needs to know of a layer,
/// `/tiles/{layer}.json`.
public struct TilePages: PageFolder {
  public let path = ["tiles"]

  public init() {}

  private static let tileEnding = ".mvt"
  private static let descriptionEnding = ".json"

  public func reply(to request: PageRequest) -> PageReply {
    if let other = request.query.first(where: { $0.name != "profile" }) {
      return .answer(.refusal(.unknownParameter(other.name)))
    }
    let profile = request["profile"] ?? ""
    switch request.path.count {
    case 1:
      guard let layer = Self.layer(request.path[0], ending: Self.descriptionEnding) else { break }
      return .answer(TileDescription(layer, profile: profile, base: request.base).page)
    case 4:
      guard let layer = TileLayer(rawValue: request.path[0]), let zoom = Int(request.path[1]),
        let column = Int(request.path[2]), let row = Self.number(request.path[3])
      else { break }
      var tile = TileRequest(layer, zoom: zoom, column: column, row: row)
      (tile.profile, tile.knownTag) = (profile, request.knownTag ?? "")
      return .call(PageCall(ServiceMethods.tile, tile, page: Self.page))
    default: break
    }
    return .answer(.refusal(.notFound(request.path.joined(separator: "/"))))
  }

  private static func number(_ name: String) -> Int? {
    name.hasSuffix(tileEnding) ? Int(name.dropLast(tileEnding.count)) : nil
  }

  private static func layer(_ name: String, ending: String) -> TileLayer? {
    name.hasSuffix(ending) ? TileLayer(rawValue: String(name.dropLast(ending.count))) : nil
  }

  /// The server answers 304 itself to who has the tag.
  private static func page(_ answer: Result<TileAnswer, CallStatus>) -> PageAnswer {
    switch answer {
    case .success(let tile):
      PageAnswer(
        contentType: "application/vnd.mapbox-vector-tile", body: tile.tile, tag: tile.tag,
        headers: [("cache-control", "no-cache")])
    case .failure(let refusal): .refusal(refusal)
    }
  }
}
