/**
 * The command line: {@code run}, {@code forward}, {@code check}, {@code config}, {@code decode}, {@code pub} and {@code sub}. Commands
 * get the console, the signals of the process and whatever starts a gateway from outside, so that they run in tests as
 * they do in a shell.
 */
@NullMarked
package io.causeway.gateway.cli;

import org.jspecify.annotations.NullMarked;
