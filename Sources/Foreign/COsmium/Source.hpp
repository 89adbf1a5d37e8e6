/// Where OSM data comes from: a file or bytes in memory, checked before libosmium sees it.

#ifndef TOCSIN_SOURCE_HPP
#define TOCSIN_SOURCE_HPP

#include <osmium/io/file.hpp>

#include <cstddef>

namespace tocsin {

/// The file at `path`, which exists, is regular, and is as long as its format says.
///
/// `format` may be null: then the suffix decides. Throws Failure.
osmium::io::File checked_file(const char *path, const char *format);

/// `size` bytes in memory. Throws Failure.
osmium::io::File checked_buffer(const char *data, std::size_t size, const char *format);

}  // namespace tocsin

#endif
