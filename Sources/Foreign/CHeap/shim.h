#ifndef CHEAP_H
#define CHEAP_H
// What Swift's module of the C library leaves out.
#include <malloc.h>
#endif
