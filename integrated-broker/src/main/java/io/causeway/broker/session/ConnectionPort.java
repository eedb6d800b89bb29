package io.causeway.broker.session;

import io.netty.handler.codec.mqtt.MqttMessage;

/** How a session reaches its client: one network connection. Called on the loop that owns the session only. */
public interface ConnectionPort {
    /** Writes the packet without flushing; takes over the reference to its payload. Does nothing once closed. */
    void send(MqttMessage packet);

    void flush();

    /** False above the high-water mark of what is written and not sent; {@link MqttConnection#onWritable} follows. */
    boolean isWritable();

    /** Whether more is to be read from the peer. What was decoded already may still arrive. */
    void setReading(boolean reading);

    /** Closes when what was written is flushed. {@link MqttConnection#onClosed} may follow, and has no effect then. */
    void close();

    /** For logs: {@code "mqtt 127.0.0.1:51234"}, {@code "wss 10.0.0.7:5555"}. */
    String address();
}
