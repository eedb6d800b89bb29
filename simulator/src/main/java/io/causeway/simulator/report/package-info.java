/** What a run of a fleet has shown: the figures, and their forms for people and for programs. */
@NullMarked
package io.causeway.simulator.report;

import org.jspecify.annotations.NullMarked;
