import RoadGraph

/// Limits of size and weight. Source: OSM wiki, Key:maxheight, Key:maxwidth, Key:maxlength, Key:maxweight,
/// Key:maxweightrating, Key:maxaxleload, Physical limits.
enum SizeTags {
  private static let height = DirectionalKey("maxheight")
  private static let width = DirectionalKey("maxwidth")
  private static let length = DirectionalKey("maxlength")
  private static let weight = DirectionalKey("maxweight")
  private static let weightRating = DirectionalKey("maxweightrating")
  private static let axleLoad = DirectionalKey("maxaxleload")
  private static let ownWidth = DirectionalKey("width")
  private static let estimatedWidth = DirectionalKey("est_width")
  private static let physicalHeight = DirectionalKey("maxheight:physical")
  private static let physicalWidth = DirectionalKey("maxwidth:physical")
  private static let physicalLength = DirectionalKey("maxlength:physical")

  /// What the law lets through; of two directions the lower limit.
  ///
  /// Without a `maxwidth`, the road's own `width` stands for it, or `est_width`: such widths are rough, so that they
  /// bind as little as a law does, not as a wall does.
  static func legalLimits(_ tags: OSMTags) -> SizeLimits {
    var limits = SizeLimits()
    limits.heightCentimeters = lowest(tags, [height], .height)
    limits.widthCentimeters = lowest(tags, [width], .width)
    if limits.widthCentimeters == 0 { limits.widthCentimeters = widthCentimeters(tags["width"] ?? tags["est_width"]) }
    limits.lengthCentimeters = lowest(tags, [length], .length)
    limits.weightTensOfKilograms = lowest(tags, [weight, weightRating], .weight)
    limits.axleLoadTensOfKilograms = lowest(tags, [axleLoad], .weight)
    return limits
  }

  /// What fits through.
  static func physicalLimits(_ tags: OSMTags) -> SizeLimits {
    var limits = SizeLimits()
    limits.heightCentimeters = lowest(tags, [physicalHeight], .height)
    limits.widthCentimeters = lowest(tags, [physicalWidth], .width)
    limits.lengthCentimeters = lowest(tags, [physicalLength], .length)
    return limits
  }

  /// How high and wide a thing at an OSM node lets vehicles be, by law or by nature.
  static func pointLimits(_ tags: OSMTags) -> (heightCentimeters: UInt16, widthCentimeters: UInt16) {
    (lowest(tags, [height, physicalHeight], .height), lowest(tags, [width, physicalWidth], .width))
  }

  /// A road's own width; 0 without one.
  static func widthCentimeters(_ value: String?) -> UInt16 { value.flatMap { number($0, .width) } ?? 0 }

  /// Values that are not understood.
  static func unknownValues(_ tags: OSMTags) -> [String] {
    unknownPointValues(tags)
      + unknownValues(
        tags,
        [
          (length, .length), (weight, .weight), (weightRating, .weight), (axleLoad, .weight), (physicalLength, .length),
          (ownWidth, .width), (estimatedWidth, .width),
        ])
  }

  /// The same for a thing at an OSM node.
  static func unknownPointValues(_ tags: OSMTags) -> [String] {
    unknownValues(
      tags, [(height, .height), (width, .width), (physicalHeight, .height), (physicalWidth, .width)])
  }

  private static func unknownValues(_ tags: OSMTags, _ keys: [(DirectionalKey, SizeText.Quantity)]) -> [String] {
    keys.flatMap { key, quantity in
      tags.values(key).filter { SizeText.meaning(of: $0, quantity) == .notUnderstood }
    }
  }

  private static func lowest(_ tags: OSMTags, _ keys: [DirectionalKey], _ quantity: SizeText.Quantity) -> UInt16 {
    keys.flatMap { tags.values($0) }.compactMap { number($0, quantity) }.min() ?? 0
  }

  private static func number(_ value: String, _ quantity: SizeText.Quantity) -> UInt16? {
    guard case .limit(let number) = SizeText.meaning(of: value, quantity) else { return nil }
    return number
  }
}
