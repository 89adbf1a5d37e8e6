/// Errors inside this module: thrown in C++, turned into a code and a message at the C functions.

#ifndef TOCSIN_FAILURE_HPP
#define TOCSIN_FAILURE_HPP

#include "COsmium.h"

#include <osmium/io/error.hpp>

#include <cstdio>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>

namespace tocsin {

/// An error that knows its code.
class Failure : public std::runtime_error {
 public:
  Failure(tocsin_osm_code code, const std::string &message) : std::runtime_error{message}, m_code{code} {}
  tocsin_osm_code code() const noexcept { return m_code; }

 private:
  tocsin_osm_code m_code;
};

inline tocsin_osm_code report(tocsin_osm_code code, const char *message, tocsin_osm_error *error) noexcept {
  if (error != nullptr) {
    error->code = code;
    std::snprintf(error->message, sizeof error->message, "%s", message);
  }
  return code;
}

/// Runs `action`, which returns a code, and turns whatever it throws into a code and a message.
template <typename Action>
tocsin_osm_code guarded(tocsin_osm_error *error, Action &&action) noexcept {
  try {
    return report(action(), "", error);
  } catch (const Failure &failure) {
    return report(failure.code(), failure.what(), error);
  } catch (const osmium::unsupported_file_format_error &failure) {
    return report(TOCSIN_OSM_UNKNOWN_FORMAT, failure.what(), error);
  } catch (const std::bad_alloc &) {
    return report(TOCSIN_OSM_OUT_OF_MEMORY, "out of memory", error);
  } catch (const std::exception &failure) {
    return report(TOCSIN_OSM_UNREADABLE, failure.what(), error);
  } catch (...) {
    return report(TOCSIN_OSM_UNREADABLE, "unknown error", error);
  }
}

}  // namespace tocsin

#endif
