package io.causeway.invariants;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import java.util.List;

/**
 * A message that tells where it comes from, so that a receiver can say what is missing.
 *
 * @param number counts the publisher's messages, from 0
 */
record Message(String publisher, ModelTopic topic, int number, Qos qos) {

    Octets payload() {
        return Octets.utf8(String.join(" ", publisher, topic.name(), Integer.toString(number)));
    }

    /** How a receiver names what it got: the same for the same message. */
    static Received received(String topicName, Octets payload) {
        List<String> words = List.of(payload.toUtf8().split(" ", -1));
        if (!words.get(1).equals(topicName)) {
            throw new AssertionError(payload.toUtf8() + " was delivered under " + topicName);
        }
        return new Received(words.get(0), topicName, Integer.parseInt(words.get(2)));
    }

    Received asReceived() {
        return new Received(publisher, topic.name(), number);
    }

    record Received(String publisher, String topic, int number) {}
}
