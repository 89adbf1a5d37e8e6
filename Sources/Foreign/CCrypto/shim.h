#ifndef CCRYPTO_H
#define CCRYPTO_H
// The hash alone: OpenSSL's other headers take the compiler a second in every module.
#include <openssl/sha.h>
#endif
