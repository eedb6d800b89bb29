/**
 * The run of a fleet: sensors by the thousand, all on one thread and driven by the time that it is told, through the phases
 * of a scenario up to the verdict. Only {@link io.causeway.simulator.fleet.FleetRun} reads a clock.
 */
@NullMarked
package io.causeway.simulator.fleet;

import org.jspecify.annotations.NullMarked;
