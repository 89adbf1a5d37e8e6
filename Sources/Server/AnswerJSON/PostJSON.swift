import API

extension ListedPost {
  public var json: JSONObject {
    [
      "id": post.id, "name": post.name, "lat": post.place.coordinate.latitude, "lon": post.place.coordinate.longitude,
      "headingDegrees": post.place.headingDegrees, "capacity": post.capacity, "agencies": post.agencies,
      "keep": post.keep.map { rule -> JSONObject in
        ["capability": rule.capability.isEmpty ? nil : rule.capability, "count": rule.count]
      }, "road": snapped?.json,
    ]
  }
}
