#include "Tags.hpp"

#include "Failure.hpp"

#include <osmium/osm/object.hpp>

#include <algorithm>

namespace tocsin {

void check_tags(const osmium::TagList &tags) {
  const unsigned char *const begin = tags.data() + sizeof(osmium::TagList);
  const unsigned char *const end = tags.data() + tags.byte_size();
  if (begin == end) return;
  if (end[-1] != 0 || std::count(begin, end, 0) % 2 != 0) {
    throw Failure{TOCSIN_OSM_UNREADABLE, "a tag has a zero byte"};
  }
}

void check_tags(const osmium::memory::Buffer &buffer) {
  for (const osmium::OSMObject &object : buffer.select<osmium::OSMObject>()) check_tags(object.tags());
}

}  // namespace tocsin
