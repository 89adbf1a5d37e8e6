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
      return .largerThan(try .required(message.larger_than, "larger_than"))
    case TOCSIN__V1__ROAD_CLOSURE__SCOPE_PROFILES:
      let profiles = try present(message.profiles, "profiles")
      return .profiles(Set(try [String].read(profiles.names, profiles.n_names, "names")))
    default: return .everybody
    }
  }

  func write(to message: inout Tocsin__V1__RoadClosure, in arena: MessageArena) {
    switch self {
    case .everybody: break
    case .civil:
      (message.scope_case, message.civil) = (TOCSIN__V1__ROAD_CLOSURE__SCOPE_CIVIL, 1)
    case .largerThan(let size):
      (message.scope_case, message.larger_than) = (TOCSIN__V1__ROAD_CLOSURE__SCOPE_LARGER_THAN, arena.message(size))
    case .profiles(let names):
      message.scope_case = TOCSIN__V1__ROAD_CLOSURE__SCOPE_PROFILES
      message.profiles = arena.message(tocsin__v1__profile_names__init) {
        ($0.n_names, $0.names) = arena.texts(names.sorted())
      }
    }
  }
}

extension VehicleSize: WireValue {
  static let initialize = tocsin__v1__vehicle_size__init
  static func read(_ message: Tocsin__V1__VehicleSize) throws(CallStatus) -> VehicleSize {
    VehicleSize(
      heightMeters: try message.height_meters.finite("height_meters", .invalidClosure),
      widthMeters: try message.width_meters.finite("width_meters", .invalidClosure),
      lengthMeters: try message.length_meters.finite("length_meters", .invalidClosure),
      weightTonnes: try message.weight_tonnes.finite("weight_tonnes", .invalidClosure),
      axleLoadTonnes: try message.axle_load_tonnes.finite("axle_load_tonnes", .invalidClosure))
  }

  func write(to message: inout Tocsin__V1__VehicleSize, in arena: MessageArena) {
    message.height_meters = heightMeters
    message.width_meters = widthMeters
    message.length_meters = lengthMeters
    message.weight_tonnes = weightTonnes
    message.axle_load_tonnes = axleLoadTonnes
  }
}
