#include "Versions.hpp"

#include "Failure.hpp"

#include <osmium/io/reader.hpp>
#include <osmium/osm/item_type.hpp>
#include <osmium/osm/object_comparisons.hpp>

#include <array>
#include <cstring>
#include <string>
#include <unordered_map>
#include <utility>

namespace tocsin {
namespace {

constexpr const char *no_map = "history and change files are not maps";

[[noreturn]] void several_versions(const osmium::OSMObject &object) {
  throw Failure{TOCSIN_OSM_UNKNOWN_FORMAT, std::string{osmium::item_type_to_name(object.type())} + " " +
                                               std::to_string(object.id()) + " has several versions: " + no_map};
}

/// What tells two versions of an object apart.
struct Version {
  osmium::object_version_type number;
  std::uint64_t content;

  Version(const osmium::OSMObject &object, bool compares_content)
      : number{object.version()}, content{compares_content ? hash(object) : 0} {}

  bool differs(const Version &other) const noexcept { return number != other.number || content != other.content; }

 private:
  /// FNV-1a, doi:10.17487/RFC9923.
  static std::uint64_t hash(const osmium::OSMObject &object) noexcept {
    std::uint64_t sum = 14695981039346656037ULL;
    for (std::size_t index = 0; index < object.byte_size(); ++index) sum = (sum ^ object.data()[index]) * 1099511628211ULL;
    return sum;
  }
};

}  // namespace

void check_header(const osmium::io::Header &header) {
  if (header.has_multiple_object_versions()) throw Failure{TOCSIN_OSM_UNKNOWN_FORMAT, no_map};
}

Versions::Versions(const osmium::io::File &file)
    : m_file{file}, m_compares_content{file.format() == osmium::io::file_format::pbf} {}

void Versions::check(const osmium::memory::Buffer &buffer) {
  const osmium::OSMObject *last =
      m_kept.empty() ? nullptr : reinterpret_cast<const osmium::OSMObject *>(m_kept.data());
  for (const osmium::OSMObject &object : buffer.select<osmium::OSMObject>()) {
    if (last != nullptr) {
      const bool is_same_type = last->type() == object.type();
      if (is_same_type && last->id() == object.id()) {
        compare(*last, object);
      } else if (is_same_type ? !osmium::id_order{}(last->id(), object.id()) : last->type() > object.type()) {
        m_is_sorted = false;
      }
    }
    last = &object;
  }
  if (last != nullptr) keep(*last);
}

void Versions::compare(const osmium::OSMObject &last, const osmium::OSMObject &object) const {
  if (Version{last, m_compares_content}.differs(Version{object, m_compares_content})) several_versions(object);
}

void Versions::keep(const osmium::OSMObject &object) {
  std::vector<std::uint64_t> bytes((object.byte_size() + 7) / 8);
  std::memcpy(bytes.data(), object.data(), object.byte_size());
  m_kept = std::move(bytes);
}

void Versions::finish(osmium::osm_entity_bits::type entities) const {
  if (m_is_sorted) return;
  osmium::io::Reader reader{m_file, entities, osmium::io::read_meta::no};
  std::array<std::unordered_map<osmium::object_id_type, Version>, 3> seen;
  while (const osmium::memory::Buffer buffer = reader.read()) {
    for (const osmium::OSMObject &object : buffer.select<osmium::OSMObject>()) {
      const Version version{object, m_compares_content};
      const auto found = seen[osmium::item_type_to_nwr_index(object.type())].emplace(object.id(), version);
      if (!found.second && found.first->second.differs(version)) several_versions(object);
    }
  }
  reader.close();
}

}  // namespace tocsin
