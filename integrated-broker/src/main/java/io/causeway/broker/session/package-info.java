/** MQTT 3.1, 3.1.1 and 5 from the server's side: sessions and connections, free of sockets, threads and clocks. */
@NullMarked
package io.causeway.broker.session;

import org.jspecify.annotations.NullMarked;
