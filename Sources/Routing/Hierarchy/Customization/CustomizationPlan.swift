import MapFile

/// Which vertices can be customized side by side.
///
/// A vertex depends on its descendants in the elimination tree, so disjoint subtrees are independent. Stage 0 holds
/// the largest subtrees of at most `grain` vertices; each later stage the unbranched chains of what lies above,
/// whose descendants are all done by then.
struct CustomizationPlan: Sendable {
  /// Ranges of ranks to be customized one after the other.
  typealias Piece = [Range<Int>]

  private(set) var stages: [[Piece]] = []

  /// - Complexity: O(n).
  init(parent: Table<Rank, Rank>) {
    let size = Self.subtreeSizes(parent)
    let grain = max(256, parent.count / 64)
    stages = [Self.subtrees(parent, size: size, grain: grain)]
    stages += Self.chains(parent, isAbove: { size[$0] > grain })
  }

  private static func subtreeSizes(_ parent: Table<Rank, Rank>) -> [Int] {
    var size = [Int](repeating: 1, count: parent.count)
    for vertex in parent.indices where parent[vertex] != .none {
      size[parent[vertex].position] += size[vertex.position]
    }
    return size
  }

  /// The largest subtrees of at most `grain` vertices, small ones gathered into pieces of about that size.
  private static func subtrees(_ parent: Table<Rank, Rank>, size: [Int], grain: Int) -> [Piece] {
    var pieces: [Piece] = []
    var piece: Piece = []
    var gathered = 0
    for vertex in parent.indices where size[vertex.position] <= grain {
      let above = parent[vertex]
      guard above == .none || size[above.position] > grain else { continue }
      piece.append(vertex.position - size[vertex.position] + 1..<vertex.position + 1)
      gathered += size[vertex.position]
      if gathered >= grain / 2 {
        pieces.append(piece)
        (piece, gathered) = ([], 0)
      }
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }

  /// The vertices above the subtrees, as chains: a chain ends where its parent has another child above, too.
  private static func chains(_ parent: Table<Rank, Rank>, isAbove: (Int) -> Bool) -> [[Piece]] {
    var chainCount = [Int](repeating: 0, count: parent.count)
    var stage = chainCount
    for vertex in parent.indices where isAbove(vertex.position) && parent[vertex] != .none {
      chainCount[parent[vertex].position] += 1
    }
    var stages: [[Piece]] = []
    for vertex in parent.indices where isAbove(vertex.position) && chainCount[vertex.position] != 1 {
      var piece: Piece = []
      var top = vertex
      while true {
        piece.append(top.position..<top.position + 1)
        let above = parent[top]
        guard above != .none else { break }
        guard chainCount[above.position] == 1 else {
          stage[above.position] = max(stage[above.position], stage[vertex.position] + 1)
          break
        }
        top = above
      }
      while stages.count <= stage[vertex.position] { stages.append([]) }
      stages[stage[vertex.position]].append(piece)
    }
    return stages
  }
}
