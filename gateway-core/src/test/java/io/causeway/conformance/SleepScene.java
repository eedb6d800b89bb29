package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.harness.TestGateway;

/**
 * A client that sleeps, and one that publishes to it.
 *
 * @param publisher connected for as long as a test lasts
 * @param topic     the publisher's id of "a/b"
 */
record SleepScene(TestGateway gateway, Sensor device, Sensor publisher, int topic) {

    static SleepScene begin() {
        TestGateway gateway = new TestGateway();
        Sensor publisher = Sensor.at(gateway, 2, "publisher");
        int topic = connectedForGood(publisher);
        return new SleepScene(gateway, Sensor.at(gateway, 1, "sensor"), publisher, topic);
    }

    /** Connects without keep alive; returns the id of "a/b". */
    static int connectedForGood(Sensor publisher) {
        publisher.peer().send(new Connect(false, false, 1, 0, "publisher"));
        publisher.hears(new ConnAck(ReturnCode.ACCEPTED));
        return publisher.register("a/b");
    }

    /** Returns the sleeper's id of "a/b". */
    int sleepsWithSubscription(Qos qos) {
        device.connect();
        int topicId = device.subscribe("a/b", qos);
        device.sleep(60);
        return topicId;
    }

    void publishAtQos2(int msgId, String message) {
        Octets data = Octets.utf8(message);
        publisher.peer().send(new Publish(false, Qos.EXACTLY_ONCE, false, TopicIdType.NORMAL, topic, msgId, data));
        publisher.hears(new PubRec(msgId));
    }
}
