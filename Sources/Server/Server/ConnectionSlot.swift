import Access
import Calls
import NIOCore

/// The place of one connection among those of a server, whether it is known whose it is, and whether it has brought
/// anything. Belongs to one event loop.
public final class ConnectionSlot {
  private let service: CallService
  private var isTaken = false
  /// Among the connections that have brought nothing yet.
  private var silentNumber: UInt64?
  private var lastSign = NIODeadline.now()
  private var timer: RepeatedTask?

  public init(_ service: CallService) { self.service = service }

  /// True while nobody knows whose the connection is.
  public private(set) var isStranger = false

  /// Takes a place; false if there is none.
  ///
  /// - Parameter close: closes the connection, on its event loop.
  public func take(for session: ClientSession, on eventLoop: any EventLoop, close: @escaping () -> Void) -> Bool {
    guard service.takeConnection(isLocal: session.isLocalSocket) else { return false }
    isTaken = true
    let bound = NIOLoopBound(close, eventLoop: eventLoop)
    silentNumber = service.silentConnections.add { eventLoop.execute { bound.value() } }
    isStranger = !service.isKnown(session)
    if !isStranger { return true }
    let checks = TimeAmount.secondsOf(min(service.limits.strangerSecondsMax / 4, 1))
    let slot = NIOLoopBound(self, eventLoop: eventLoop)
    timer = eventLoop.scheduleRepeatedTask(initialDelay: checks, delay: checks) { _ in
      let idle = NIODeadline.now() - slot.value.lastSign
      if idle > .secondsOf(slot.value.service.limits.strangerSecondsMax) { bound.value() }
    }
    return true
  }

  /// The client asks something that everybody may ask.
  public func noteSign() { lastSign = .now() }

  /// The connection has brought a call. One that only asks how the server is stays a stranger's.
  public func noteCall(_ method: String) {
    noteSign()
    guard service.showsWhoCalls(method) else { return }
    noteKnown()
    if let number = silentNumber.take() { service.silentConnections.remove(number) }
  }

  /// It was found out whose the connection is.
  public func noteKnown() {
    timer?.cancel()
    timer = nil
    isStranger = false
  }

  /// Gives the place back.
  public func giveBack() {
    noteKnown()
    if let number = silentNumber.take() { service.silentConnections.remove(number) }
    if isTaken { service.connections.giveBack(1) }
    isTaken = false
  }
}
