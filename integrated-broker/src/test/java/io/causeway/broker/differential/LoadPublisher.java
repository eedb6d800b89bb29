package io.causeway.broker.differential;

/** Publishes numbered messages at QoS 1, a few at a time. For one thread. */
final class LoadPublisher implements AutoCloseable {
    private final RawClient client;
    private final PacketWriter writer;
    private final int publisher;
    private int sent;

    LoadPublisher(int port, Version version, int publisher) {
        this.publisher = publisher;
        writer = new PacketWriter(version);
        client = new RawClient(port, version);
        client.send(writer.connect("publisher" + publisher, true, 0, Properties.NONE, Will.NONE));
        client.expect(PacketType.CONNACK);
    }

    /** Returns when the broker has acknowledged them all. */
    void publish(int messages) {
        int first = sent;
        for (; sent < first + messages; sent++) {
            int id = sent % 0xFFFF + 1;
            String number = Integer.toString(sent);
            client.send(writer.publish(Ledger.topic(publisher), number, 1, false, false, id, Properties.NONE));
        }
        for (int i = 0; i < messages; i++) {
            Packet pubAck = client.expect(PacketType.PUBACK);
            if (pubAck.isRefusal()) {
                throw new IllegalStateException("not taken: " + pubAck);
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
