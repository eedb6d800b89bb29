@NullMarked
package io.causeway.forwarder;

import org.jspecify.annotations.NullMarked;
