/// libFuzzer as a library. Source: https://llvm.org/docs/LibFuzzer.html, "Using libFuzzer as a library".

#ifndef TOCSIN_CFUZZER_SHIM_H
#define TOCSIN_CFUZZER_SHIM_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*try_one)(const uint8_t *data, size_t size));

#endif
