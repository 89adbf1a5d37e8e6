import CMessages
import Foundation

/// The files of messages that clients may be told of, as descriptors.
public enum MessageFiles {
  /// The tag and the type of the one field of a `FileDescriptorSet`: `file = 1`, with a length.
  private static let fileTag: UInt8 = 0x0a

  /// `FileDescriptorProto` messages by file name.
  public static let descriptors: [String: [UInt8]] = [
    "tocsin.proto": tocsin_proto_descriptor(), "health.proto": health_proto_descriptor(),
    "reflection.proto": reflection_proto_descriptor(),
  ].mapValues(file(inSet:))

  /// The descriptor of `tocsin.proto` with all comments, in its source information: a `FileDescriptorProto`. O(bytes).
  public static var commented: [UInt8] { file(inSet: tocsin_proto_commented_descriptor()) }

  private static func file(inSet base64: UnsafePointer<CChar>?) -> [UInt8] {
    guard let base64, let set = Data(base64Encoded: String(cString: base64)), set.first == fileTag else {
      preconditionFailure(".ci/regenerate writes sets of one file")
    }
    // The length is a varint: seven bits a byte, the last one below 128.
    let lengthBytes = set.dropFirst().prefix { $0 >= 0x80 }.count + 1
    return [UInt8](set.dropFirst(1 + lengthBytes))
  }

  /// The file that declares the services and messages of a package.
  public static let fileOfPackage = [
    "tocsin.v1": "tocsin.proto", "grpc.health.v1": "health.proto", "grpc.reflection.v1": "reflection.proto",
  ]
}
