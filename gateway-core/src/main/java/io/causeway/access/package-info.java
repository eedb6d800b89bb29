/** Who a client is and what it may do, whatever protocol it speaks. Where the answers come from stands elsewhere. */
@NullMarked
package io.causeway.access;

import org.jspecify.annotations.NullMarked;
