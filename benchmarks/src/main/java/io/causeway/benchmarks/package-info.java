/** placeholder */
@NullMarked
package io.causeway.benchmarks;

import org.jspecify.annotations.NullMarked;
