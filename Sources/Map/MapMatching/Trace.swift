/// A part of a line that follows connected roads.
struct Trace {
  /// A sample of the line and where it is on the road.
  struct Point {
    let sample: LineSample
    let candidate: Candidate
  }

  /// In the order of the line.
  private(set) var points: [Point]
  /// Line between the points that no road follows, although the way goes on by road.
  private(set) var bridgedMeters = 0.0

  var first: Point { points[0] }
  var last: Point { points[points.count - 1] }

  /// Length of line that follows the roads.
  var followedMeters: Double { last.sample.alongMeters - first.sample.alongMeters - bridgedMeters }

  private init(_ point: Point) { points = [point] }

  /// Goes on with another trace, behind a gap.
  mutating func append(_ next: Trace) {
    bridgedMeters += next.bridgedMeters + next.first.sample.alongMeters - last.sample.alongMeters
    points += next.points
  }

  /// The parts of a line between its gaps. O(samples).
  static func traces(of samples: [LineSample], choices: [Trellis.Choice]) -> [Trace] {
    var traces: [Trace] = []
    for (sample, choice) in zip(samples, choices) {
      guard let candidate = choice.candidate else { continue }
      let point = Point(sample: sample, candidate: candidate)
      if choice.isContinued {
        traces[traces.count - 1].points.append(point)
      } else {
        traces.append(Trace(point))
      }
    }
    return traces
  }
}
