/**
 * The broker side as the sessions see it: an {@link io.causeway.upstream.Upstream} takes what clients publish and
 * holds what they subscribe to. Here also stands the one without a wire, where clients reach each other only.
 */
@NullMarked
package io.causeway.upstream;

import org.jspecify.annotations.NullMarked;
