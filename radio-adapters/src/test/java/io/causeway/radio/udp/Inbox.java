package io.causeway.radio.udp;

import io.causeway.radio.DatagramListener;
import io.causeway.radio.LinkAddress;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** A listener that keeps what it is given for the test to take. */
final class Inbox implements DatagramListener {
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

    record Delivery(LinkAddress from, String text, boolean multicast) {}

    @Override
    public void onDatagram(LinkAddress from, ByteBuf datagram, boolean multicast) {
        deliveries.add(new Delivery(from, datagram.toString(US_ASCII), multicast));
    }

    Delivery take() {
        try {
            Delivery delivery = deliveries.poll(5, TimeUnit.SECONDS);
            if (delivery == null) {
                throw new AssertionError("nothing was delivered");
            }
            return delivery;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for a delivery", e);
        }
    }

    boolean isEmpty() {
        return deliveries.isEmpty();
    }
}
