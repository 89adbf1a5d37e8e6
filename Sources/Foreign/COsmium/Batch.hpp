/// The objects of one libosmium buffer as plain C structures.

#ifndef TOCSIN_BATCH_HPP
#define TOCSIN_BATCH_HPP

#include "COsmium.h"
#include "Deleted.hpp"

#include <osmium/memory/buffer.hpp>
#include <osmium/osm/node.hpp>
#include <osmium/osm/relation.hpp>
#include <osmium/osm/way.hpp>

#include <cstdint>
#include <vector>

namespace tocsin {

/// Collects buffer after buffer; the memory is used again.
class Batch {
 public:
  /// `deleted`, which must outlive the batch, tells which objects are left out.
  Batch(const tocsin_osm_options &options, const Deleted &deleted) : m_options{options}, m_deleted{deleted} {}

  /// Forgets the last buffer's objects and takes those of `buffer`, which must outlive the batch's use.
  void fill(const osmium::memory::Buffer &buffer);

  /// A view of what was filled in last.
  tocsin_osm_batch view() const noexcept;

 private:
  void add(const osmium::Node &node);
  void add(const osmium::Way &way);
  void add(const osmium::Relation &relation);
  std::uint32_t add(const osmium::TagList &tags);

  tocsin_osm_options m_options;
  const Deleted &m_deleted;
  std::vector<tocsin_osm_node> m_nodes;
  std::vector<tocsin_osm_way> m_ways;
  std::vector<tocsin_osm_relation> m_relations;
  std::vector<tocsin_osm_tag> m_tags;
  std::vector<std::int64_t> m_way_nodes;
  std::vector<tocsin_osm_member> m_members;
  std::uint64_t m_nodes_read = 0;
  std::uint64_t m_ways_read = 0;
  std::uint64_t m_relations_read = 0;
};

}  // namespace tocsin

#endif
