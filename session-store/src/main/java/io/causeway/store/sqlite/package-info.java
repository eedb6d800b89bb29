/**
 * Keeps what must survive a restart in one SQLite file: a writer thread with group commit, the schema, what is loaded at
 * the start, and maintenance. Knows the seam {@code io.causeway.store} and nothing of sessions.
 */
@NullMarked
package io.causeway.store.sqlite;

import org.jspecify.annotations.NullMarked;
