/// Finds files that hold several versions of an object, whatever they are called.

#ifndef TOCSIN_VERSIONS_HPP
#define TOCSIN_VERSIONS_HPP

#include <osmium/io/file.hpp>
#include <osmium/io/header.hpp>
#include <osmium/memory/buffer.hpp>
#include <osmium/osm/entity_bits.hpp>
#include <osmium/osm/object.hpp>

#include <cstdint>
#include <vector>

namespace tocsin {

/// Throws Failure if a file says that it holds the history of its objects, or changes to them.
void check_header(const osmium::io::Header &header);

/// Watches objects stream by. In a sorted file the versions of an object follow each other.
class Versions {
 public:
  explicit Versions(const osmium::io::File &file);

  /// Throws Failure if an object has another version than the one before it, which has its id.
  void check(const osmium::memory::Buffer &buffer);

  /// To be called at the end. A file that is not sorted is read once more. Throws Failure.
  void finish(osmium::osm_entity_bits::type entities) const;

 private:
  void compare(const osmium::OSMObject &last, const osmium::OSMObject &object) const;
  void keep(const osmium::OSMObject &object);

  osmium::io::File m_file;
  /// Metadata of PBF files are not read: there, what differs is another version.
  bool m_compares_content;
  bool m_is_sorted = true;
  /// The last object of the last buffer.
  std::vector<std::uint64_t> m_kept;
};

}  // namespace tocsin

#endif
