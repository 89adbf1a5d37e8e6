/// Objects that an editor has deleted in its file, but not yet in the database.

#ifndef TOCSIN_DELETED_HPP
#define TOCSIN_DELETED_HPP

#include <osmium/io/file.hpp>
#include <osmium/osm/object.hpp>

#include <array>
#include <unordered_set>

namespace tocsin {

/// What JOSM marks with `action="delete"` in an XML file. Source: OSM wiki, JOSM file format.
class Deleted {
 public:
  /// Reads an XML file to its end if that word occurs in it; other formats have none. Throws what reading throws.
  explicit Deleted(const osmium::io::File &file);

  /// True for an object that is gone, by its editor's word or by its own.
  bool contains(const osmium::OSMObject &object) const;

 private:
  std::array<std::unordered_set<osmium::object_id_type>, 3> m_ids;
};

}  // namespace tocsin

#endif
