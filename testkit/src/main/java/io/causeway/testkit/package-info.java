/**
 * What the tests of all modules share: time that stands still until told, a network whose faults can be repeated from a
 * seed, a real broker of a test's own, and the tags that tie a test to a rule of the specification. Depends on no other module, so that every module can
 * test with it.
 */
@NullMarked
package io.causeway.testkit;

import org.jspecify.annotations.NullMarked;
