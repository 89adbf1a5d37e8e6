import Synchronization

/// A search that owns its memory and can be used again and again, by one thread at a time.
public protocol Workspace: AnyObject {
  /// Makes a workspace for searches in `hierarchy`.
  init(_ hierarchy: ContractionHierarchy)
  /// Lets go of everything that a search left behind.
  func reset()
}

extension PathQuery: Workspace {
  /// Does nothing: every query cleans up after itself.
  public func reset() {}
}

extension LazyRPHAST: Workspace {}

/// Workspaces for concurrent callers: as many as were ever in use at once, never one per query.
public final class WorkspacePool<Item: Workspace>: Sendable {
  private struct Idle: @unchecked Sendable {
    // Unchecked: the thread that takes an item out of the list is its only user until it comes back.
    let item: Item
  }

  private let hierarchy: ContractionHierarchy
  private let idle = Mutex<[Idle]>([])

  public init(_ hierarchy: ContractionHierarchy) { self.hierarchy = hierarchy }

  /// Lends a workspace to `body`, which must not keep it. It's reset when it comes back.
  public func withWorkspace<Result, Failure: Error>(_ body: (Item) throws(Failure) -> Result) throws(Failure)
    -> Result
  {
    try withWorkspaces(1) { items throws(Failure) in try body(items[0]) }
  }

  /// Lends some workspaces.
  public func withWorkspaces<Result, Failure: Error>(_ count: Int, _ body: ([Item]) throws(Failure) -> Result)
    throws(Failure) -> Result
  {
    let lent = idle.withLock { idle in
      let lent = Array(idle.suffix(count))
      idle.removeLast(lent.count)
      return lent
    }
    var items = lent.map(\.item)
    while items.count < count { items.append(Item(hierarchy)) }
    let used = items.map { Idle(item: $0) }
    defer {
      for item in items { item.reset() }
      idle.withLock { $0 += used }
    }
    return try body(items)
  }
}
