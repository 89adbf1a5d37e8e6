#include "CCurl.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const long redirects_max = 5;
static const long connect_seconds_max = 10;

typedef struct {
  tocsin_fetch_answer *answer;
  size_t capacity;
  size_t bytes_max;
  int is_too_large;
} page;

static size_t take(char *bytes, size_t size, size_t count, void *context) {
  page *page = context;
  tocsin_fetch_answer *answer = page->answer;
  size_t length = size * count;
  if (length > page->bytes_max - answer->count) {
    page->is_too_large = 1;
    return 0;
  }
  if (answer->count + length > page->capacity) {
    size_t capacity = page->capacity * 2 > answer->count + length ? page->capacity * 2 : answer->count + length;
    unsigned char *larger = realloc(answer->bytes, capacity);
    if (!larger) return 0;
    answer->bytes = larger;
    page->capacity = capacity;
  }
  memcpy(answer->bytes + answer->count, bytes, length);
  answer->count += length;
  return length;
}

// The value of a header line, without the blanks around it; cut off if it is too long to be one.
static void take_value(const char *line, size_t length, const char *name, char *value) {
  size_t start = strlen(name);
  if (length < start || strncasecmp(line, name, start) != 0) return;
  while (start < length && (line[start] == ' ' || line[start] == '\t')) start++;
  while (length > start && strchr(" \t\r\n", line[length - 1])) length--;
  size_t count = length - start;
  if (count >= TOCSIN_FETCH_TAG_BYTES) count = 0;
  memcpy(value, line + start, count);
  value[count] = '\0';
}

static size_t take_header(char *line, size_t size, size_t count, void *context) {
  tocsin_fetch_answer *answer = ((page *)context)->answer;
  size_t length = size * count;
  // Those of a redirection are not the page's.
  if (length >= 5 && strncmp(line, "HTTP/", 5) == 0) answer->etag[0] = answer->last_modified[0] = '\0';
  take_value(line, length, "etag:", answer->etag);
  take_value(line, length, "last-modified:", answer->last_modified);
  return length;
}

static struct curl_slist *with_header(struct curl_slist *headers, const char *name, const char *value) {
  if (!value || !*value) return headers;
  char line[2 * TOCSIN_FETCH_TAG_BYTES];
  snprintf(line, sizeof line, "%s: %s", name, value);
  struct curl_slist *longer = curl_slist_append(headers, line);
  return longer ? longer : headers;
}

static void say(tocsin_fetch_answer *answer, int outcome, const char *message) {
  answer->outcome = outcome;
  snprintf(answer->message, sizeof answer->message, "%s", message);
}

static void start_library(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

void tocsin_fetch(const tocsin_fetch_request *request, tocsin_fetch_answer *answer) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, start_library);
  memset(answer, 0, sizeof *answer);
  CURL *handle = curl_easy_init();
  if (!handle) {
    say(answer, TOCSIN_FETCH_FAILED, "libcurl does not start");
    return;
  }
  page page = {.answer = answer, .bytes_max = request->bytes_max};
  char reason[CURL_ERROR_SIZE] = "";
  struct curl_slist *headers = with_header(NULL, "If-None-Match", request->etag);
  headers = with_header(headers, "If-Modified-Since", request->last_modified);
  curl_easy_setopt(handle, CURLOPT_URL, request->url);
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(handle, CURLOPT_MAXREDIRS, redirects_max);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, request->seconds_max);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, connect_seconds_max);
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "tocsin");
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, reason);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &page);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &page);
  CURLcode code = curl_easy_perform(handle);
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer->status);
  if (page.is_too_large) {
    say(answer, TOCSIN_FETCH_TOO_LARGE, "the page is too large");
  } else if (code == CURLE_OPERATION_TIMEDOUT) {
    say(answer, TOCSIN_FETCH_TIMED_OUT, "no whole answer in time");
  } else if (code != CURLE_OK) {
    say(answer, TOCSIN_FETCH_FAILED, reason[0] ? reason : curl_easy_strerror(code));
  }
  curl_slist_free_all(headers);
  curl_easy_cleanup(handle);
}

void tocsin_fetch_free(tocsin_fetch_answer *answer) {
  free(answer->bytes);
  answer->bytes = NULL;
}
