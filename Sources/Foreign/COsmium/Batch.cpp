#include "Batch.hpp"

#include "Tags.hpp"

#include <osmium/osm/entity.hpp>
#include <osmium/osm/item_type.hpp>

#include <cstring>

namespace tocsin {
namespace {

bool has_any_key(const osmium::TagList &tags, const char *const *keys) noexcept {
  if (keys == nullptr) return true;
  for (const osmium::Tag &tag : tags) {
    for (const char *const *key = keys; *key != nullptr; ++key) {
      if (std::strcmp(tag.key(), *key) == 0) return true;
    }
  }
  return false;
}

std::int32_t kind(osmium::item_type type) noexcept {
  switch (type) {
    case osmium::item_type::node: return TOCSIN_OSM_NODES;
    case osmium::item_type::way: return TOCSIN_OSM_WAYS;
    default: return TOCSIN_OSM_RELATIONS;
  }
}

}  // namespace

void Batch::fill(const osmium::memory::Buffer &buffer) {
  m_nodes.clear();
  m_ways.clear();
  m_relations.clear();
  m_tags.clear();
  m_way_nodes.clear();
  m_members.clear();
  check_tags(buffer);
  for (const osmium::OSMEntity &entity : buffer.select<osmium::OSMEntity>()) {
    switch (entity.type()) {
      case osmium::item_type::node: add(static_cast<const osmium::Node &>(entity)); break;
      case osmium::item_type::way: add(static_cast<const osmium::Way &>(entity)); break;
      case osmium::item_type::relation: add(static_cast<const osmium::Relation &>(entity)); break;
      default: break;
    }
  }
}

void Batch::add(const osmium::Node &node) {
  if (m_deleted.contains(node)) return;
  m_nodes_read += 1;
  const osmium::Location place = node.location();
  const bool known = place.valid();
  tocsin_osm_node plain{};
  plain.id = node.id();
  plain.latitude_e7 = known ? place.y() : TOCSIN_OSM_NO_COORDINATE;
  plain.longitude_e7 = known ? place.x() : TOCSIN_OSM_NO_COORDINATE;
  plain.first_tag = static_cast<std::uint32_t>(m_tags.size());
  plain.tag_count = add(node.tags());
  m_nodes.push_back(plain);
}

void Batch::add(const osmium::Way &way) {
  if (m_deleted.contains(way)) return;
  m_ways_read += 1;
  if (!has_any_key(way.tags(), m_options.way_keys)) return;
  tocsin_osm_way plain{};
  plain.id = way.id();
  plain.first_node = static_cast<std::uint32_t>(m_way_nodes.size());
  for (const osmium::NodeRef &node : way.nodes()) m_way_nodes.push_back(node.ref());
  plain.node_count = static_cast<std::uint32_t>(m_way_nodes.size()) - plain.first_node;
  plain.first_tag = static_cast<std::uint32_t>(m_tags.size());
  plain.tag_count = add(way.tags());
  m_ways.push_back(plain);
}

void Batch::add(const osmium::Relation &relation) {
  if (m_deleted.contains(relation)) return;
  m_relations_read += 1;
  if (!has_any_key(relation.tags(), m_options.relation_keys)) return;
  tocsin_osm_relation plain{};
  plain.id = relation.id();
  plain.first_member = static_cast<std::uint32_t>(m_members.size());
  for (const osmium::RelationMember &member : relation.members()) {
    m_members.push_back({member.ref(), member.role(), kind(member.type())});
  }
  plain.member_count = static_cast<std::uint32_t>(m_members.size()) - plain.first_member;
  plain.first_tag = static_cast<std::uint32_t>(m_tags.size());
  plain.tag_count = add(relation.tags());
  m_relations.push_back(plain);
}

std::uint32_t Batch::add(const osmium::TagList &tags) {
  std::uint32_t count = 0;
  for (const osmium::Tag &tag : tags) {
    m_tags.push_back({tag.key(), tag.value()});
    count += 1;
  }
  return count;
}

tocsin_osm_batch Batch::view() const noexcept {
  tocsin_osm_batch batch{};
  batch.nodes = m_nodes.data();
  batch.node_count = m_nodes.size();
  batch.ways = m_ways.data();
  batch.way_count = m_ways.size();
  batch.relations = m_relations.data();
  batch.relation_count = m_relations.size();
  batch.tags = m_tags.data();
  batch.way_nodes = m_way_nodes.data();
  batch.members = m_members.data();
  batch.nodes_read = m_nodes_read;
  batch.ways_read = m_ways_read;
  batch.relations_read = m_relations_read;
  return batch;
}

}  // namespace tocsin
