/** Tests of the store: against the store in memory as the model, and against crashes, full disks and damaged files. */
@NullMarked
package io.causeway.store.sqlite;

import org.jspecify.annotations.NullMarked;
