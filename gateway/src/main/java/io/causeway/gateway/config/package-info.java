/**
 * The gateway's settings: immutable records that cannot be built wrong, and the reader that makes them from the YAML
 * file. The reader names every mistake of a file in one go, each with line, column, key and what is allowed there.
 * Values only, apart from the files that the settings point to; free to share between threads.
 */
@NullMarked
package io.causeway.gateway.config;

import org.jspecify.annotations.NullMarked;
