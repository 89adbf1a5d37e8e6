#define _GNU_SOURCE
#include "faulty_disk.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char faulty_folder[PATH_MAX];
static int left;
static int failed;
/// For a program before which this is loaded: one of so many waits fails, none if it is 0; each takes so long.
static unsigned one_in;
static unsigned delay_microseconds;
static unsigned seed;

__attribute__((constructor)) static void configure(void) {
  const char *folder = getenv("FAULTY_DISK_FOLDER"), *share = getenv("FAULTY_DISK_ONE_IN"),
             *delay = getenv("FAULTY_DISK_MICROSECONDS");
  if (!folder) return;
  snprintf(faulty_folder, sizeof faulty_folder, "%s", folder);
  one_in = share ? (unsigned)atoi(share) : 0;
  delay_microseconds = delay ? (unsigned)atoi(delay) : 0;
  seed = (unsigned)getpid();
}

void faulty_disk_fail(const char *folder, int count) {
  pthread_mutex_lock(&lock);
  snprintf(faulty_folder, sizeof faulty_folder, "%s", folder);
  left = count;
  failed = 0;
  pthread_mutex_unlock(&lock);
}

int faulty_disk_failed(void) {
  pthread_mutex_lock(&lock);
  int count = failed;
  pthread_mutex_unlock(&lock);
  return count;
}

static int fails(int file) {
  pthread_mutex_lock(&lock);
  int is_failing = 0, is_meant = 0;
  if (left != 0 || one_in > 0 || delay_microseconds > 0) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    is_meant = strncmp(path, faulty_folder, strlen(faulty_folder)) == 0;
    is_failing = is_meant && (left != 0 || (one_in > 0 && rand_r(&seed) % one_in == 0));
    if (is_failing) {
      failed++;
      if (left > 0) left--;
    }
  }
  unsigned delay = is_meant ? delay_microseconds : 0;
  pthread_mutex_unlock(&lock);
  if (delay > 0) usleep(delay);
  return is_failing;
}

static int wait_for(int file, long call) {
  if (fails(file)) {
    errno = EIO;
    return -1;
  }
  return (int)syscall(call, file);
}

int fsync(int file) { return wait_for(file, SYS_fsync); }
int fdatasync(int file) { return wait_for(file, SYS_fdatasync); }
