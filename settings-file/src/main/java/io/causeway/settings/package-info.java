/**
 * Reads settings from a YAML file: each kind of file has a reader of its own, which asks a {@link
 * io.causeway.settings.Section} for its keys. Every mistake of a file is named in one go, each with line, column, key and
 * what is allowed there. Values only, apart from the files that settings point to.
 */
@NullMarked
package io.causeway.settings;

import org.jspecify.annotations.NullMarked;
