#pragma once

/// A disk that fails or dawdles, for files within one folder: the test program's own `fsync` and `fdatasync` stand
/// before those of the system, for SQLite as well. As a library that is loaded before a program (`LD_PRELOAD`) it takes
/// what it does from the environment.

/// From now on so many waits for the disk fail with `EIO`, though all was written; -1 is all of them, 0 none.
void faulty_disk_fail(const char *folder, int count);

/// How many have failed since then.
int faulty_disk_failed(void);
