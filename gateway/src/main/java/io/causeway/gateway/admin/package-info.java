/**
 * What an operator sees of a running gateway over HTTP: its metrics for Prometheus and its health. Both are read from
 * suppliers when they are asked for, so that whoever counts needs to know nothing of HTTP or Prometheus.
 */
@NullMarked
package io.causeway.gateway.admin;

import org.jspecify.annotations.NullMarked;
