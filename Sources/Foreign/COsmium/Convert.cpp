#include "Deleted.hpp"
#include "Failure.hpp"
#include "Source.hpp"
#include "Tags.hpp"
#include "Versions.hpp"

#define OSMIUM_WITH_LZ4
#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/opl_input.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/pbf_output.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/writer.hpp>
#include <osmium/io/xml_input.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <utility>

namespace tocsin {
namespace {

/// The file that is written first; removed unless it was renamed.
class Aside {
 public:
  explicit Aside(const std::string &output_path)
      : m_output_path{output_path}, m_path{output_path + ".partial-" + std::to_string(::getpid())} {}
  ~Aside() {
    if (!m_path.empty()) std::remove(m_path.c_str());
  }
  Aside(const Aside &) = delete;
  Aside &operator=(const Aside &) = delete;

  /// The path in a form that libosmium never takes for standard output.
  std::string path() const { return m_path[0] == '/' ? m_path : "./" + m_path; }

  void rename() {
    if (std::rename(m_path.c_str(), m_output_path.c_str()) != 0) {
      throw Failure{TOCSIN_OSM_WRITE_FAILED, std::string{"cannot rename the file: "} + std::strerror(errno)};
    }
    m_path.clear();
    sync_folder();
  }

 private:
  /// Makes the rename itself durable; a file system that can't sync a folder has nothing more to offer.
  void sync_folder() const noexcept {
    const auto slash = m_output_path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : m_output_path.substr(0, slash + 1);
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
  }

  std::string m_output_path;
  std::string m_path;
};

/// What the writer throws is about the output, not the input.
template <typename Action>
void writing(Action &&action) {
  try {
    action();
  } catch (const std::bad_alloc &) {
    throw;
  } catch (const std::exception &failure) {
    throw Failure{TOCSIN_OSM_WRITE_FAILED, failure.what()};
  }
}

/// The writer is made after the first buffer came: a source that can't be read leaves nothing behind.
tocsin_osm_code convert(const osmium::io::File &input, const char *output_path) {
  const Deleted deleted{input};
  osmium::io::Reader reader{input};
  check_header(reader.header());
  Versions versions{input};
  osmium::memory::Buffer buffer = reader.read();
  osmium::io::Header header;
  header.set("generator", "tocsin");
  Aside aside{output_path};
  std::unique_ptr<osmium::io::Writer> writer;
  writing([&] {
    writer = std::make_unique<osmium::io::Writer>(osmium::io::File{aside.path(), "pbf"}, header,
                                                  osmium::io::overwrite::allow, osmium::io::fsync::yes);
  });
  while (buffer) {
    check_tags(buffer);
    versions.check(buffer);
    for (const osmium::OSMObject &object : buffer.select<osmium::OSMObject>()) {
      if (!deleted.contains(object)) writing([&] { (*writer)(object); });
    }
    buffer = reader.read();
  }
  reader.close();
  versions.finish(osmium::osm_entity_bits::nwr);
  writing([&] { writer->close(); });
  aside.rename();
  return TOCSIN_OSM_OK;
}

}  // namespace
}  // namespace tocsin

tocsin_osm_code tocsin_osm_convert_file(const char *path, const char *format, const char *output_path,
                                        tocsin_osm_error *error) {
  return tocsin::guarded(error, [&] { return tocsin::convert(tocsin::checked_file(path, format), output_path); });
}

tocsin_osm_code tocsin_osm_convert_buffer(const char *data, size_t size, const char *format, const char *output_path,
                                          tocsin_osm_error *error) {
  return tocsin::guarded(error,
                         [&] { return tocsin::convert(tocsin::checked_buffer(data, size, format), output_path); });
}
