/** Users and their rules, from files. */
@NullMarked
package io.causeway.access.file;

import org.jspecify.annotations.NullMarked;
