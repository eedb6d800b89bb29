/** placeholder */
@NullMarked
package io.causeway.testkit;

import org.jspecify.annotations.NullMarked;
