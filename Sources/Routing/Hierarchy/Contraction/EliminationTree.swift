/// The elimination tree of an undirected graph whose vertices are numbered in the order of their contraction.
///
/// The parent of a vertex is the lowest of its neighbours above it after contraction; all of them are ancestors.
///
/// - SeeAlso: Liu, *The Role of Elimination Trees in Sparse Factorization*, SIAM J. Matrix Anal. Appl. 1990,
///   doi:10.1137/0611010.
struct EliminationTree {
  static let none = UInt32.max
  private(set) var parent: [UInt32]

  /// Finds the tree without finding the shortcuts. O(m log n).
  ///
  /// - Parameter lowerNeighbors: for each vertex, its neighbours of lower rank.
  init(lowerNeighbors: AdjacencyLists) {
    let count = lowerNeighbors.count
    parent = [UInt32](repeating: Self.none, count: count)
    // The highest ancestor known of each vertex, with path compression.
    var shortcut = parent
    for vertex in 0..<count {
      for neighbor in lowerNeighbors[vertex] {
        var climber = Int(neighbor)
        while shortcut[climber] != Self.none && shortcut[climber] != UInt32(vertex) {
          let next = shortcut[climber]
          shortcut[climber] = UInt32(vertex)
          climber = Int(next)
        }
        if shortcut[climber] == Self.none {
          shortcut[climber] = UInt32(vertex)
          parent[climber] = UInt32(vertex)
        }
      }
    }
  }

  /// The vertices in depth-first post-order, the children of each by number. O(n).
  ///
  /// Contraction in this order gives the same shortcuts, and makes every subtree a range of ranks.
  func postOrder() -> [UInt32] {
    // Lists of children, threaded through `nextSibling`; pushed downwards so that they come out ascending.
    var firstChild = [UInt32](repeating: Self.none, count: parent.count + 1)
    var nextSibling = [UInt32](repeating: Self.none, count: parent.count)
    for vertex in parent.indices.reversed() {
      let above = parent[vertex] == Self.none ? parent.count : Int(parent[vertex])
      nextSibling[vertex] = firstChild[above]
      firstChild[above] = UInt32(vertex)
    }
    var order: [UInt32] = []
    order.reserveCapacity(parent.count)
    var path = [parent.count]
    while let top = path.last {
      let child = firstChild[top]
      if child == Self.none {
        path.removeLast()
        if top < parent.count { order.append(UInt32(top)) }
      } else {
        firstChild[top] = nextSibling[Int(child)]
        path.append(Int(child))
      }
    }
    return order
  }

  /// The parents after renumbering by `postOrder`. O(n).
  func parents(renumberedBy postOrder: [UInt32]) -> [Rank] {
    var newNumber = [UInt32](repeating: 0, count: parent.count)
    for (position, vertex) in postOrder.enumerated() { newNumber[Int(vertex)] = UInt32(position) }
    return postOrder.map { vertex in
      let above = parent[Int(vertex)]
      return above == Self.none ? .none : Rank(newNumber[Int(above)])
    }
  }
}

/// Lists of numbers by row: CSR while a hierarchy is built.
struct AdjacencyLists {
  let first: [UInt32]
  let values: [UInt32]

  /// The pairs (row, value) of `pairs`, by row and within a row in the order given. O(rows + pairs).
  init(rowCount: Int, pairs: [(row: UInt32, value: UInt32)]) {
    var next = [UInt32](repeating: 0, count: rowCount + 1)
    for pair in pairs { next[Int(pair.row) + 1] += 1 }
    for row in 0..<rowCount { next[row + 1] += next[row] }
    first = next
    var values = [UInt32](repeating: 0, count: pairs.count)
    for pair in pairs {
      values[Int(next[Int(pair.row)])] = pair.value
      next[Int(pair.row)] += 1
    }
    self.values = values
  }

  var count: Int { first.count - 1 }
  subscript(row: Int) -> ArraySlice<UInt32> { values[Int(first[row])..<Int(first[row + 1])] }
}
