/** What a packet costs, in time and in garbage: JMH benchmarks of the codec and of a session's step. */
@NullMarked
package io.causeway.benchmarks;

import org.jspecify.annotations.NullMarked;
