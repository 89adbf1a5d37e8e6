import API

/// Idle units, and the posts to which they could move.
public struct MoveUpQuestion: Sendable {
  /// What is covered from a place.
  public struct Cover: Hashable, Sendable {
    public var near: CoverSet
    /// Within the farther limit of the double standard; the same if there is none.
    public var far: CoverSet

    public init(_ near: CoverSet, far: CoverSet? = nil) { (self.near, self.far) = (near, far ?? near) }
  }

  /// A unit that counts.
  public struct Unit: Sendable {
    public var id: String
    public var agency: String
    public var capabilities: Set<String>
    /// Which of the vehicles it is: from one post they cover different points.
    public var vehicle: Int
    /// The post at which it stands, by number; `nil` for one on the road.
    public var post: Int?
    /// What it covers where it is.
    public var cover: Cover
    /// It stays where it is.
    public var isStaying = false
    /// The post that it came from not long ago, by number.
    public var cameFrom: Int?
    /// To each post, in milliseconds; `nil` where no way leads.
    public var travelMilliseconds: [Int64?]

    public init(
      id: String, agency: String = "", capabilities: Set<String> = [], vehicle: Int = 0, post: Int?, cover: Cover,
      travelMilliseconds: [Int64?]
    ) {
      (self.id, self.agency, self.capabilities, self.vehicle) = (id, agency, capabilities, vehicle)
      (self.post, self.cover, self.travelMilliseconds) = (post, cover, travelMilliseconds)
    }
  }

  /// A place where units may stand.
  public struct Post: Sendable {
    public var id: String
    /// How many units there is room for.
    public var capacity: Int
    /// Whose units may stand there; empty for all.
    public var agencies: Set<String>
    public var keep: [PostKeep]
    /// By vehicle.
    public var covers: [Cover]

    public init(
      id: String, capacity: Int = 1, agencies: Set<String> = [], keep: [PostKeep] = [], covers: [Cover]
    ) {
      (self.id, self.capacity, self.agencies, self.keep, self.covers) = (id, capacity, agencies, keep, covers)
    }
  }

  /// What bounds the moves.
  public struct Terms: Sendable {
    public var objective = CoverObjective.expected
    /// Above 0 and below 1.
    public var busyShare = MoveUpRequest.busyShareDefault
    public var movesMax = MoveUpRequest.movesDefault
    /// Of all demand.
    public var gainShareMin = MoveUpRequest.gainShareDefault
    public var travelMillisecondsMax = Int64(MoveUpRequest.relocationSecondsDefault * 1000)

    public init() {}
  }

  public var units: [Unit]
  public var posts: [Post]
  /// Of the points of demand.
  public var weights: [Double]
  public var terms: Terms

  public init(_ units: [Unit], _ posts: [Post], weights: [Double], _ terms: Terms) {
    (self.units, self.posts, self.weights, self.terms) = (units, posts, weights, terms)
  }
}

extension MoveUpQuestion.Unit {
  func counts(for rule: PostKeep) -> Bool { rule.capability.isEmpty || capabilities.contains(rule.capability) }
}

/// Where units stand while they move, and what they cover.
struct CoverState: Sendable {
  private let question: MoveUpQuestion
  private(set) var near: ExpectedCover
  /// Of the farther limit.
  private(set) var far: ExpectedCover
  private(set) var places: [Int?]
  private(set) var hasMoved: [Bool]
  /// How many units stand at each post.
  private(set) var occupancy: [Int]

  init(_ question: MoveUpQuestion) {
    self.question = question
    near = ExpectedCover(weights: question.weights, busyShare: question.terms.busyShare)
    far = near
    places = question.units.map(\.post)
    hasMoved = question.units.map { _ in false }
    occupancy = question.posts.map { _ in 0 }
    for unit in question.units {
      near.add(unit.cover.near)
      far.add(unit.cover.far)
      if let post = unit.post { occupancy[post] += 1 }
    }
  }

  func cover(of unit: Int) -> MoveUpQuestion.Cover {
    let known = question.units[unit]
    guard hasMoved[unit], let post = places[unit] else { return known.cover }
    return question.posts[post].covers[known.vehicle]
  }

  /// What a move gains by the objective; negative if it loses.
  func gain(_ unit: Int, to post: Int) -> MoveUpChoice.Gain {
    let (from, to) = (cover(of: unit), question.posts[post].covers[question.units[unit].vehicle])
    switch question.terms.objective {
    case .expected: return .init(first: near.gain(moving: from.near, to: to.near))
    case .double:
      return .init(
        first: far.gain(moving: from.far, to: to.far, ofDepth: 1),
        second: near.gain(moving: from.near, to: to.near, ofDepth: 2))
    case .gaps: return .init(first: near.gain(moving: from.near, to: to.near, ofDepth: 1))
    }
  }

  /// No unit of a vehicle gains more by a move to a post.
  func gainMax(_ vehicle: Int, to post: Int) -> MoveUpChoice.Gain {
    let cover = question.posts[post].covers[vehicle]
    switch question.terms.objective {
    case .expected: return .init(first: near.gain(adding: cover.near))
    case .double:
      return .init(
        first: far.gain(adding: cover.far, ofDepth: 1), second: near.gain(adding: cover.near, ofDepth: 2))
    case .gaps: return .init(first: near.gain(adding: cover.near, ofDepth: 1))
    }
  }

  mutating func move(_ unit: Int, to post: Int) {
    let from = cover(of: unit)
    near.remove(from.near)
    far.remove(from.far)
    if let left = places[unit] { occupancy[left] -= 1 }
    (places[unit], hasMoved[unit]) = (post, true)
    occupancy[post] += 1
    let to = question.posts[post].covers[question.units[unit].vehicle]
    near.add(to.near)
    far.add(to.far)
  }
}
