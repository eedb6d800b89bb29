/** What the documentation of the client library shows: written as an application is, with what is public only. */
@NullMarked
package io.causeway.client.example;

import org.jspecify.annotations.NullMarked;
