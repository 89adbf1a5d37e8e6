/// Reads and writes OSM files (PBF, XML, OPL) through libosmium.
///
/// Everything here is plain C: no exception and no C++ type crosses, errors are a code and a message.

#ifndef TOCSIN_COSMIUM_H
#define TOCSIN_COSMIUM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How a call ended.
typedef enum tocsin_osm_code {
  TOCSIN_OSM_OK = 0,
  /// The file does not exist, is not a regular file, or may not be opened.
  TOCSIN_OSM_NOT_FOUND = 1,
  /// Neither the suffix nor the caller names a format that is read here.
  TOCSIN_OSM_UNKNOWN_FORMAT = 2,
  /// The contents are damaged, cut off, or not what the format promises.
  TOCSIN_OSM_UNREADABLE = 3,
  /// The callback asked to stop.
  TOCSIN_OSM_STOPPED = 4,
  /// The output can't be written; an earlier file is as it was.
  TOCSIN_OSM_WRITE_FAILED = 5,
  TOCSIN_OSM_OUT_OF_MEMORY = 6,
} tocsin_osm_code;

#define TOCSIN_OSM_MESSAGE_BYTES 512

/// Why a call failed; the message ends with a zero byte.
typedef struct tocsin_osm_error {
  tocsin_osm_code code;
  char message[TOCSIN_OSM_MESSAGE_BYTES];
} tocsin_osm_error;

/// Kinds of objects, to be added.
enum {
  TOCSIN_OSM_NODES = 1,
  TOCSIN_OSM_WAYS = 2,
  TOCSIN_OSM_RELATIONS = 4,
};

/// The latitude and longitude of an OSM node without a valid place.
#define TOCSIN_OSM_NO_COORDINATE INT32_MAX

/// A tag; both texts are UTF-8 and end with a zero byte.
typedef struct tocsin_osm_tag {
  const char *key;
  const char *value;
} tocsin_osm_tag;

/// An OSM node; its tags are `tag_count` entries of the batch's `tags` from `first_tag` on.
typedef struct tocsin_osm_node {
  int64_t id;
  int32_t latitude_e7;
  int32_t longitude_e7;
  uint32_t first_tag;
  uint32_t tag_count;
} tocsin_osm_node;

/// An OSM way; its OSM nodes are `node_count` entries of the batch's `way_nodes`.
typedef struct tocsin_osm_way {
  int64_t id;
  uint32_t first_node;
  uint32_t node_count;
  uint32_t first_tag;
  uint32_t tag_count;
} tocsin_osm_way;

/// A member of a relation; `kind` is one of `TOCSIN_OSM_NODES`, `..._WAYS`, `..._RELATIONS`.
typedef struct tocsin_osm_member {
  int64_t id;
  const char *role;
  int32_t kind;
} tocsin_osm_member;

/// A relation; its members are `member_count` entries of the batch's `members`.
typedef struct tocsin_osm_relation {
  int64_t id;
  uint32_t first_member;
  uint32_t member_count;
  uint32_t first_tag;
  uint32_t tag_count;
} tocsin_osm_relation;

/// Some objects in the order of the file. All pointers are valid during the callback only.
typedef struct tocsin_osm_batch {
  const tocsin_osm_node *nodes;
  size_t node_count;
  const tocsin_osm_way *ways;
  size_t way_count;
  const tocsin_osm_relation *relations;
  size_t relation_count;
  const tocsin_osm_tag *tags;
  const int64_t *way_nodes;
  const tocsin_osm_member *members;
  /// Objects of this read so far, those that the options left out of the batches included.
  uint64_t nodes_read;
  uint64_t ways_read;
  uint64_t relations_read;
  /// Progress through the file; both 0 for a buffer.
  uint64_t bytes_read;
  uint64_t file_bytes;
} tocsin_osm_batch;

/// Takes a batch; anything but 0 stops the read. Called on the caller's thread; must not unwind.
typedef int (*tocsin_osm_callback)(void *context, const tocsin_osm_batch *batch);

/// What to read. Lists end with a null pointer; a null list lets everything pass.
typedef struct tocsin_osm_options {
  /// Kinds of objects, added.
  int kinds;
  /// Only ways with at least one of these keys.
  const char *const *way_keys;
  /// Only relations with at least one of these keys.
  const char *const *relation_keys;
} tocsin_osm_options;

/// Streams the objects of a file. Deleted objects are left out. A file with several versions of an object is refused;
/// if it is not sorted, only at its end.
///
/// `format` is "pbf", "osm" (XML) or "opl", with ".gz" or ".bz2" behind it where compressed; null: the suffix of `path`
/// tells. A file that is cut off is refused; only a PBF file cut exactly between two blocks looks whole, for the format
/// has no end mark.
tocsin_osm_code tocsin_osm_read_file(const char *path, const char *format, const tocsin_osm_options *options,
                                     tocsin_osm_callback callback, void *context, tocsin_osm_error *error);

/// Streams the objects of `size` bytes in memory, which must stay as they are during the call.
tocsin_osm_code tocsin_osm_read_buffer(const char *data, size_t size, const char *format,
                                       const tocsin_osm_options *options, tocsin_osm_callback callback, void *context,
                                       tocsin_osm_error *error);

/// Writes the objects of a file as a PBF file: beside `output_path` first, synced, then renamed over it.
tocsin_osm_code tocsin_osm_convert_file(const char *path, const char *format, const char *output_path,
                                        tocsin_osm_error *error);

/// Writes the objects of `size` bytes in memory as a PBF file, as `tocsin_osm_convert_file` does.
tocsin_osm_code tocsin_osm_convert_buffer(const char *data, size_t size, const char *format, const char *output_path,
                                          tocsin_osm_error *error);

#ifdef __cplusplus
}
#endif

#endif
