import API
import MapFile
import Profiles
import Traffic

/// The files that an engine was started with, to be read again: nobody who asks for a reload names another one.
public struct EngineSources: Sendable {
  public var mapPath: String
  /// The file of the department's overrides; `nil` without any.
  public var overridesPath: String?
  private let readProfiles: @Sendable () throws -> ProfileSet
  private let readLinks: @Sendable () throws -> [LinkStretch]
  private let readTypical: @Sendable () throws -> [TypicalRoad]

  /// - Parameters:
  ///   - profiles: reads the profiles that are served.
  ///   - links: reads the roads of an external network.
  ///   - typical: reads how fast traffic usually is.
  public init(
    mapPath: String, overridesPath: String? = nil, profiles: @escaping @Sendable () throws -> ProfileSet,
    links: @escaping @Sendable () throws -> [LinkStretch] = { [] },
    typical: @escaping @Sendable () throws -> [TypicalRoad] = { [] }
  ) {
    (self.mapPath, self.overridesPath) = (mapPath, overridesPath)
    (readProfiles, readLinks, readTypical) = (profiles, links, typical)
  }

  /// - Throws: `MAP_UNUSABLE`, with the code of the fault in its message.
  func map() throws(EngineError) -> CityMap {
    do throws(MapFileError) {
      return try CityMap(path: mapPath)
    } catch {
      throw EngineError(.mapUnusable, "\(error.code.rawValue): \(error.message)", value: error.path)
    }
  }

  /// - Throws: `INVALID_PROFILES`, with the code of the fault in its message.
  func profiles() throws(EngineError) -> ProfileSet {
    let profiles = try read(.invalidProfiles, readProfiles)
    let count = profiles.names.count
    guard (1...ProfileMask.profilesMax).contains(count) else {
      throw EngineError(
        .invalidProfiles, "from 1 to \(ProfileMask.profilesMax) profiles can be served", value: "\(count)")
    }
    return profiles
  }

  /// - Throws: `INVALID_LINKS`, with the code of the fault in its message.
  func links() throws(EngineError) -> [LinkStretch] { try read(.invalidLinks, readLinks) }

  /// - Throws: `INVALID_TYPICAL_SPEEDS`, with the code of the fault in its message.
  func typical() throws(EngineError) -> [TypicalRoad] { try read(.invalidTypicalSpeeds, readTypical) }

  private func read<Value>(_ code: EngineError.Code, _ body: () throws -> Value) throws(EngineError) -> Value {
    do {
      return try body()
    } catch let error as EngineError {
      throw error
    } catch {
      throw EngineError(code, "\(error)")
    }
  }

  /// All that an engine is made of.
  ///
  /// - Parameters:
  ///   - parts: what is read from its file.
  ///   - engine: has the rest.
  func inputs(_ parts: Set<ReloadPart>, else engine: TocsinEngine) throws(EngineError) -> EngineInputs {
    EngineInputs(
      map: parts.contains(.map) ? try map() : engine.map,
      profiles: parts.contains(.profiles) ? try profiles() : engine.profiles,
      overrides: try overridesPath.map { path throws(EngineError) in try OverridesFile(path: path) },
      links: try links(), typical: try typical())
  }
}
