import Geometry

/// Puts lines together that follow one another.
public enum LineChains {
  /// The same lines, of which those that begin where another one ends are one with it. Directions stay, and where
  /// several go on the first one does. O(points).
  public static func joined(_ lines: [[Coordinate]]) -> [[Coordinate]] {
    var beginning: [Coordinate: [Int]] = [:]
    var ends: Set<Coordinate> = []
    for (number, line) in lines.enumerated().reversed() {
      guard let first = line.first, let last = line.last else { continue }
      beginning[first, default: []].append(number)
      ends.insert(last)
    }
    var isUsed = [Bool](repeating: false, count: lines.count)
    var chains: [[Coordinate]] = []
    func follow(_ start: Int) {
      var chain = lines[start]
      isUsed[start] = true
      while let end = chain.last, let next = next(at: end) { chain += lines[next].dropFirst() }
      chains.append(chain)
    }
    func next(at end: Coordinate) -> Int? {
      while let next = beginning[end]?.popLast() {
        if isUsed[next] { continue }
        isUsed[next] = true
        return next
      }
      return nil
    }
    // First what nothing leads to; the others are rings, or begin in the middle of something.
    for (number, line) in lines.enumerated() {
      if let first = line.first, !isUsed[number], !ends.contains(first) { follow(number) }
    }
    for (number, line) in lines.enumerated() where !isUsed[number] && !line.isEmpty { follow(number) }
    return chains
  }
}
