package io.causeway.gateway.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a command reads and writes.
 *
 * @param in what {@code -} stands for
 * @param out what was asked for
 * @param err what went wrong
 * @param terminal for secrets
 */
public record Console(InputStream in, PrintStream out, PrintStream err, Terminal terminal) {}
