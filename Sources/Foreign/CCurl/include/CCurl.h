// Fetches a page over HTTP with the system's libcurl, whose options are variadic and so not to be had from Swift.
#pragma once

#include <stddef.h>

enum {
  TOCSIN_FETCH_DONE = 0,
  TOCSIN_FETCH_TOO_LARGE = 1,
  TOCSIN_FETCH_TIMED_OUT = 2,
  TOCSIN_FETCH_FAILED = 3,
};

enum { TOCSIN_FETCH_TAG_BYTES = 256 };

typedef struct {
  const char *url;
  // What the page's validators were last time, or empty texts.
  const char *etag;
  const char *last_modified;
  long seconds_max;
  // Of the page, decompressed.
  size_t bytes_max;
} tocsin_fetch_request;

typedef struct {
  // One of TOCSIN_FETCH_...
  int outcome;
  // The status of HTTP; 0 if there was no answer.
  long status;
  unsigned char *bytes;
  size_t count;
  char etag[TOCSIN_FETCH_TAG_BYTES];
  char last_modified[TOCSIN_FETCH_TAG_BYTES];
  // Why it failed, for people.
  char message[TOCSIN_FETCH_TAG_BYTES];
} tocsin_fetch_answer;

// Waits for the page. The bytes of the answer are the caller's: tocsin_fetch_free.
void tocsin_fetch(const tocsin_fetch_request *request, tocsin_fetch_answer *answer);
void tocsin_fetch_free(tocsin_fetch_answer *answer);
