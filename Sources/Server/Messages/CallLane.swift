/// Which threads run a call, so that what takes long, or waits for the disk, holds nobody up who asks something small.
public enum CallLane: String, CaseIterable, Sendable {
  /// How the server is.
  case vital
  /// Questions of a few milliseconds.
  case questions
  /// Questions that may take long, and changes that take long to work out.
  case long
  /// Changes, which may wait for the disk.
  case changes
}
