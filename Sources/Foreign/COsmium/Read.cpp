#include "Batch.hpp"
#include "Deleted.hpp"
#include "Failure.hpp"
#include "Source.hpp"
#include "Versions.hpp"

#define OSMIUM_WITH_LZ4
#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/opl_input.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>

namespace tocsin {
namespace {

osmium::osm_entity_bits::type entities(int kinds) noexcept {
  auto bits = osmium::osm_entity_bits::nothing;
  if ((kinds & TOCSIN_OSM_NODES) != 0) bits |= osmium::osm_entity_bits::node;
  if ((kinds & TOCSIN_OSM_WAYS) != 0) bits |= osmium::osm_entity_bits::way;
  if ((kinds & TOCSIN_OSM_RELATIONS) != 0) bits |= osmium::osm_entity_bits::relation;
  return bits;
}

tocsin_osm_code read(const osmium::io::File &file, const tocsin_osm_options &options, tocsin_osm_callback callback,
                     void *context) {
  const Deleted deleted{file};
  osmium::io::Reader reader{file, entities(options.kinds), osmium::io::read_meta::no};
  check_header(reader.header());
  Versions versions{file};
  Batch batch{options, deleted};
  while (const osmium::memory::Buffer buffer = reader.read()) {
    versions.check(buffer);
    batch.fill(buffer);
    tocsin_osm_batch view = batch.view();
    view.bytes_read = reader.offset();
    view.file_bytes = reader.file_size();
    if (callback(context, &view) != 0) return TOCSIN_OSM_STOPPED;
  }
  reader.close();
  versions.finish(entities(options.kinds));
  return TOCSIN_OSM_OK;
}

}  // namespace
}  // namespace tocsin

tocsin_osm_code tocsin_osm_read_file(const char *path, const char *format, const tocsin_osm_options *options,
                                     tocsin_osm_callback callback, void *context, tocsin_osm_error *error) {
  return tocsin::guarded(
      error, [&] { return tocsin::read(tocsin::checked_file(path, format), *options, callback, context); });
}

tocsin_osm_code tocsin_osm_read_buffer(const char *data, size_t size, const char *format,
                                       const tocsin_osm_options *options, tocsin_osm_callback callback, void *context,
                                       tocsin_osm_error *error) {
  return tocsin::guarded(
      error, [&] { return tocsin::read(tocsin::checked_buffer(data, size, format), *options, callback, context); });
}
