/**
 * Users and what they may do, from files: passwords by user, rules by user, client and topic. What a file says is read
 * once into immutable values, every mistake named in one go; a reload reads new ones.
 */
@NullMarked
package io.causeway.access.file;

import org.jspecify.annotations.NullMarked;
