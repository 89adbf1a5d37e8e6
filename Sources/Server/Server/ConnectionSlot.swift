import Access
import Calls
import NIOCore

/// The place of one connection among those of a server, and whether it is known whose it is. Belongs to one event loop.
final class ConnectionSlot {
  private let service: CallService
  private var isTaken = false
  private var strangerNumber: UInt64?
  private var lastSign = NIODeadline.now()
  private var timer: RepeatedTask?

  init(_ service: CallService) { self.service = service }

  /// True while nobody knows whose the connection is.
  var isStranger: Bool { strangerNumber != nil }

  /// Takes a place; false if there is none.
  ///
  /// - Parameter close: closes the connection, on its event loop.
  func take(for session: ClientSession, on eventLoop: any EventLoop, close: @escaping () -> Void) -> Bool {
    guard service.takeConnection(isLocal: session.isLocalSocket) else { return false }
    isTaken = true
    if service.isKnown(session) { return true }
    let bound = NIOLoopBound(close, eventLoop: eventLoop)
    strangerNumber = service.strangers.add { eventLoop.execute { bound.value() } }
    let checks = TimeAmount.secondsOf(min(service.limits.strangerSecondsMax / 4, 1))
    let slot = NIOLoopBound(self, eventLoop: eventLoop)
    timer = eventLoop.scheduleRepeatedTask(initialDelay: checks, delay: checks) { _ in
      let idle = NIODeadline.now() - slot.value.lastSign
      if idle > .secondsOf(slot.value.service.limits.strangerSecondsMax) { bound.value() }
    }
    return true
  }

  /// The client asks something that everybody may ask.
  func noteSign() { lastSign = .now() }

  /// The connection has brought a call. One that only asks how the server is stays a stranger's.
  func noteCall(_ method: String) {
    noteSign()
    if strangerNumber != nil, service.showsWhoCalls(method) { noteKnown() }
  }

  /// It was found out whose the connection is.
  func noteKnown() {
    timer?.cancel()
    timer = nil
    if let number = strangerNumber.take() { service.strangers.remove(number) }
  }

  /// Gives the place back.
  func giveBack() {
    noteKnown()
    if isTaken { service.connections.giveBack(1) }
    isTaken = false
  }
}
