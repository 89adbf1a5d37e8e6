/// Tags as libosmium keeps them: texts that end with a zero byte, one behind the other.

#ifndef TOCSIN_TAGS_HPP
#define TOCSIN_TAGS_HPP

#include <osmium/memory/buffer.hpp>
#include <osmium/osm/tag.hpp>

namespace tocsin {

/// Throws if a text with a zero byte in it was taken over from a file: keys and values would be paired wrongly, and the
/// last pair would be looked for behind the list.
void check_tags(const osmium::TagList &tags);

/// The same for all objects of a buffer.
void check_tags(const osmium::memory::Buffer &buffer);

}  // namespace tocsin

#endif
