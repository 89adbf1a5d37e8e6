import API
import CMessages

extension ClosureScope {
  static func read(_ message: Tocsin__V1__RoadClosure) throws(CallStatus) -> ClosureScope {
    switch message.scope_case {
    case TOCSIN__V1__ROAD_CLOSURE__SCOPE_CIVIL:
      guard message.civil != 0 else {
        throw CallStatus(EngineError(.invalidClosure, "civil must be true or absent", value: "false"))
      }
      return .civil
    case TOCSIN__V1__ROAD_CLOSURE__SCOPE_LARGER_THAN:
      return .largerThan(try WireReader.required(message.larger_than, "larger_than"))
    case TOCSIN__V1__ROAD_CLOSURE__SCOPE_PROFILES:
      return .profiles(Set(try WireReader.required(message.profiles, "profiles", of: ProfileNames.self).names))
    default: return .everybody
    }
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RoadClosure>, in arena: MessageArena) {
    switch self {
    case .everybody: break
    case .civil:
      message.pointee.scope_case = TOCSIN__V1__ROAD_CLOSURE__SCOPE_CIVIL
      message.pointee.civil = 1
    case .largerThan(let size):
      message.pointee.scope_case = TOCSIN__V1__ROAD_CLOSURE__SCOPE_LARGER_THAN
      message.pointee.larger_than = arena.message(size)
    case .profiles(let names):
      message.pointee.scope_case = TOCSIN__V1__ROAD_CLOSURE__SCOPE_PROFILES
      message.pointee.profiles = arena.message(ProfileNames(names: names.sorted()))
    }
  }
}

/// Names of profiles.
struct ProfileNames {
  var names: [String]
}

extension ProfileNames: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__ProfileNames>) {
    tocsin__v1__profile_names__init(message)
  }

  static func read(_ message: Tocsin__V1__ProfileNames) throws(CallStatus) -> ProfileNames {
    ProfileNames(names: try WireReader.texts(message.names, message.n_names, "names"))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__ProfileNames>, in arena: MessageArena) {
    (message.pointee.n_names, message.pointee.names) = (names.count, arena.texts(names))
  }
}

extension VehicleSize: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__VehicleSize>) {
    tocsin__v1__vehicle_size__init(message)
  }

  static func read(_ message: Tocsin__V1__VehicleSize) throws(CallStatus) -> VehicleSize {
    VehicleSize(
      heightMeters: try WireReader.notNegative(message.height_meters, "height_meters", .invalidClosure),
      widthMeters: try WireReader.notNegative(message.width_meters, "width_meters", .invalidClosure),
      lengthMeters: try WireReader.notNegative(message.length_meters, "length_meters", .invalidClosure),
      weightTonnes: try WireReader.notNegative(message.weight_tonnes, "weight_tonnes", .invalidClosure),
      axleLoadTonnes: try WireReader.notNegative(message.axle_load_tonnes, "axle_load_tonnes", .invalidClosure))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__VehicleSize>, in arena: MessageArena) {
    message.pointee.height_meters = heightMeters
    message.pointee.width_meters = widthMeters
    message.pointee.length_meters = lengthMeters
    message.pointee.weight_tonnes = weightTonnes
    message.pointee.axle_load_tonnes = axleLoadTonnes
  }
}
