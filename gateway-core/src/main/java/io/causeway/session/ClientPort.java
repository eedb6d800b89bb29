package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.routing.Qos;

/**
 * The way to one client: what the session says, in no version's words. A dialect turns it into packets. Called on
 * the session's loop only; never blocks and never throws for what the peer or the link does.
 */
public interface ClientPort {
    /** What the client speaks, for people: {@code "MQTT-SN 1.2"}. */
    String protocol();

    /**
     * What is said from here on waits, in order, until {@link #release} was called as often as this; so much of it as
     * there is room for, and the rest is as good as lost on its way. Refusals and signs of life promise nothing, and wait
     * for nothing but the client's own CONNACK; messages at QoS 0 for nothing but its CONNACK and the acknowledgements of
     * what it said, which may tell it how topics are named.
     */
    void hold();

    void release();

    /** Whether something that is said now would wait. */
    boolean isHeld();

    /** Somebody else may be there now: what waits is dropped, and nothing waits from here on. */
    void close();

    void connAck(ReasonCode reason);

    /** @param topicAlias 0 with a rejection */
    void regAck(int topicAlias, int packetId, ReasonCode reason);

    /** False if the packet is larger than the link carries; nothing was sent then. */
    boolean register(int topicAlias, int packetId, String topicName);

    /**
     * @param topic    alias, predefined alias or the two octets of a short name, as {@code form} says
     * @param packetId 0 at QoS 0
     * @return false if the packet is larger than the link carries; nothing was sent then
     */
    boolean publish(boolean dup, Qos qos, boolean retain, TopicForm form, int topic, int packetId, Octets payload);

    /** The largest payload that a PUBLISH to the client can have. */
    int largestPayloadOctets();

    /** @param topic as in the PUBLISH that is answered */
    void pubAck(int topic, int packetId, ReasonCode reason);

    void pubRec(int packetId);

    void pubRel(int packetId);

    void pubComp(int packetId);

    void subAck(Qos granted, int topic, int packetId, ReasonCode reason);

    void unsubAck(int packetId);

    void pingReq();

    /** Ends a time awake: there is nothing more. */
    void pingResp();

    /** A sign of life for a client that is active. */
    void pingRespAtOnce();

    void willTopicResp(ReasonCode reason);

    void willMessageResp(ReasonCode reason);

    void disconnect();
}
