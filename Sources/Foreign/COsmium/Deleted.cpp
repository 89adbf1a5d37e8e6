#include "Deleted.hpp"

#include <expat.h>
#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/compression.hpp>
#include <osmium/io/detail/read_write.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/osm/entity_bits.hpp>
#include <osmium/osm/item_type.hpp>

#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <new>
#include <string>

namespace tocsin {
namespace {

using Ids = std::array<std::unordered_set<osmium::object_id_type>, 3>;
using Parser = std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)>;

std::unique_ptr<osmium::io::Decompressor> opened(const osmium::io::File &file) {
  const auto &factory = osmium::io::CompressionFactory::instance();
  if (file.buffer() != nullptr) return factory.create_decompressor(file.compression(), file.buffer(), file.buffer_size());
  return factory.create_decompressor(file.compression(), osmium::io::detail::open_for_reading(file.filename()));
}

/// Hands out the text piece by piece, until `take` wants no more.
void read(const osmium::io::File &file, const std::function<bool(const std::string &)> &take) {
  const auto source = opened(file);
  for (std::string piece = source->read(); !piece.empty(); piece = source->read()) {
    if (!take(piece)) break;
  }
  source->close();
}

/// True if the word for deleted objects occurs, which it does in few files.
bool has_action(const osmium::io::File &file) {
  static const std::string word = "action=";
  std::string text;
  bool found = false;
  read(file, [&](const std::string &piece) {
    // The end of the piece before may be the first half of the word.
    text = text.substr(text.size() < word.size() ? 0 : text.size() - word.size()) + piece;
    found = text.find(word) != std::string::npos;
    return !found;
  });
  return found;
}

const char *value(const XML_Char **attributes, const char *name) noexcept {
  for (; *attributes != nullptr; attributes += 2) {
    if (std::strcmp(attributes[0], name) == 0) return attributes[1];
  }
  return "";
}

void start_element(void *context, const XML_Char *name, const XML_Char **attributes) noexcept {
  if (std::strcmp(value(attributes, "action"), "delete") != 0) return;
  const auto type = osmium::char_to_item_type(name[0]);
  if (!(osmium::osm_entity_bits::from_item_type(type) & osmium::osm_entity_bits::nwr)) return;
  if (std::strcmp(name, osmium::item_type_to_name(type)) != 0) return;
  auto &ids = *static_cast<Ids *>(context);
  ids[osmium::item_type_to_nwr_index(type)].insert(std::strtoll(value(attributes, "id"), nullptr, 10));
}

}  // namespace

Deleted::Deleted(const osmium::io::File &file) {
  if (file.format() != osmium::io::file_format::xml || !has_action(file)) return;
  const Parser parser{XML_ParserCreate(nullptr), &XML_ParserFree};
  if (!parser) throw std::bad_alloc{};
  XML_SetUserData(parser.get(), &m_ids);
  XML_SetStartElementHandler(parser.get(), start_element);
  // What is wrong with the text, libosmium says when it reads it.
  read(file, [&](const std::string &piece) {
    return XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), 0) == XML_STATUS_OK;
  });
}

bool Deleted::contains(const osmium::OSMObject &object) const {
  return object.deleted() || m_ids[osmium::item_type_to_nwr_index(object.type())].count(object.id()) != 0;
}

}  // namespace tocsin
