#include "Source.hpp"

#include "Failure.hpp"

#include <osmium/io/file_format.hpp>
#include <protozero/pbf_message.hpp>

#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace tocsin {
namespace {

/// Limits of the PBF format (OSM wiki, "PBF Format").
constexpr std::uint32_t blob_header_bytes_max = 64 * 1024;
constexpr std::int64_t blob_bytes_max = 32 * 1024 * 1024;

using FileHandle = std::unique_ptr<std::FILE, int (*)(std::FILE *)>;

[[noreturn]] void unreadable(const std::string &message) { throw Failure{TOCSIN_OSM_UNREADABLE, message}; }

FileHandle open_file(const std::string &path) {
  FileHandle handle{std::fopen(path.c_str(), "rbe"), &std::fclose};
  if (!handle) throw Failure{TOCSIN_OSM_NOT_FOUND, std::string{"cannot open the file: "} + std::strerror(errno)};
  return handle;
}

/// `datasize` of a BlobHeader message. Source: OSM wiki, "PBF Format": type is field 1, datasize field 3.
std::int64_t blob_size(const std::vector<char> &header, const char *expected_type) {
  protozero::pbf_reader message{header.data(), header.size()};
  std::string type;
  std::int64_t size = 0;
  while (message.next()) {
    if (message.tag() == 1 && message.wire_type() == protozero::pbf_wire_type::length_delimited) {
      type = message.get_string();
    } else if (message.tag() == 3 && message.wire_type() == protozero::pbf_wire_type::varint) {
      size = message.get_int32();
    } else {
      message.skip();
    }
  }
  if (type != expected_type) unreadable("a block is not of the type " + std::string{expected_type});
  if (size <= 0 || size > blob_bytes_max) unreadable("a block of " + std::to_string(size) + " bytes");
  return size;
}

/// Walks from block to block. libosmium takes a file that ends within a block's length for a complete one.
void check_pbf_blocks(const std::string &path, std::int64_t file_bytes) {
  const FileHandle file = open_file(path);
  std::int64_t position = 0;
  std::vector<char> header;
  while (position < file_bytes) {
    std::array<unsigned char, 4> length{};
    if (std::fread(length.data(), 1, length.size(), file.get()) != length.size()) unreadable("the file is cut off");
    const std::uint32_t header_bytes = std::uint32_t{length[0]} << 24U | std::uint32_t{length[1]} << 16U |
                                       std::uint32_t{length[2]} << 8U | std::uint32_t{length[3]};
    if (header_bytes == 0 || header_bytes > blob_header_bytes_max) unreadable("this is not a PBF file");
    header.resize(header_bytes);
    if (std::fread(header.data(), 1, header.size(), file.get()) != header.size()) unreadable("the file is cut off");
    const std::int64_t blob_bytes = blob_size(header, position == 0 ? "OSMHeader" : "OSMData");
    position += static_cast<std::int64_t>(length.size() + header.size()) + blob_bytes;
    if (position > file_bytes) unreadable("the file is cut off");
    if (std::fseek(file.get(), position, SEEK_SET) != 0) unreadable("the file can't be read");
  }
}

/// A text file whose last line has no end was cut off.
void check_last_line(const std::string &path) {
  const FileHandle file = open_file(path);
  if (std::fseek(file.get(), -1, SEEK_END) != 0 || std::fgetc(file.get()) != '\n') {
    unreadable("the file is cut off: its last line has no end");
  }
}

osmium::io::File of_known_format(const osmium::io::File &file) {
  using osmium::io::file_format;
  const auto format = file.format();
  if (format != file_format::pbf && format != file_format::xml && format != file_format::opl) {
    throw Failure{TOCSIN_OSM_UNKNOWN_FORMAT, "the format is none of .osm.pbf, .osm (XML), .osm.opl"};
  }
  if (file.has_multiple_object_versions()) {
    throw Failure{TOCSIN_OSM_UNKNOWN_FORMAT, "history and change files are not maps"};
  }
  return file;
}

}  // namespace

osmium::io::File checked_file(const char *path, const char *format) {
  struct stat status {};
  if (::stat(path, &status) != 0) {
    throw Failure{TOCSIN_OSM_NOT_FOUND, std::string{"cannot open the file: "} + std::strerror(errno)};
  }
  if (!S_ISREG(status.st_mode)) throw Failure{TOCSIN_OSM_NOT_FOUND, "not a regular file"};
  // libosmium takes "-" for standard input and "http:" for a page to fetch: a path never means that here.
  const std::string plain_path = path[0] == '/' ? path : std::string{"./"} + path;
  const osmium::io::File file = of_known_format(osmium::io::File{plain_path, format == nullptr ? "" : format});
  if (status.st_size == 0) unreadable("the file is empty");
  if (file.format() == osmium::io::file_format::pbf) {
    check_pbf_blocks(plain_path, status.st_size);
  } else if (file.format() == osmium::io::file_format::opl &&
             file.compression() == osmium::io::file_compression::none) {
    check_last_line(plain_path);
  }
  return file;
}

osmium::io::File checked_buffer(const char *data, std::size_t size, const char *format) {
  if (data == nullptr || size == 0) unreadable("there is no data");
  return of_known_format(osmium::io::File{data, size, format == nullptr ? "" : format});
}

}  // namespace tocsin
