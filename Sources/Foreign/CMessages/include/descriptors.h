// Written by .ci/regenerate from Sources/Foreign/CMessages/*.proto.

#pragma once

// The descriptor of tocsin.proto in base64: a `FileDescriptorSet` of one file.
const char *tocsin_proto_descriptor(void);
// The descriptor of health.proto in base64: a `FileDescriptorSet` of one file.
const char *health_proto_descriptor(void);
// The descriptor of reflection.proto in base64: a `FileDescriptorSet` of one file.
const char *reflection_proto_descriptor(void);
// The descriptor of tocsin.proto with its comments in base64: a `FileDescriptorSet` of one file.
const char *tocsin_proto_commented_descriptor(void);
