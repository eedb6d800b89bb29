/**
 * What a simulated fleet consists of and does: values only. A scenario is read from a YAML file or made from flags, and
 * says nothing of gateways and brokers, so that the same one can be run against any.
 */
@NullMarked
package io.causeway.simulator.scenario;

import org.jspecify.annotations.NullMarked;
