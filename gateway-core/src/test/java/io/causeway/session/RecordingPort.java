package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.routing.Qos;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a session says, in its own words; every packet fits. */
final class RecordingPort implements ClientPort {
    private final List<String> said = new ArrayList<>();

    /** All since it was last asked. */
    List<String> said() {
        List<String> all = List.copyOf(said);
        said.clear();
        return all;
    }

    @Override
    public int largestPayloadOctets() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String protocol() {
        return "recorded";
    }

    @Override
    public void connAck(ReasonCode reason) {
        said.add("connAck " + reason);
    }

    @Override
    public void regAck(int topicAlias, int packetId, ReasonCode reason) {
        said.add("regAck " + topicAlias + " " + packetId + " " + reason);
    }

    @Override
    public boolean register(int topicAlias, int packetId, String topicName) {
        return said.add("register " + topicAlias + " " + packetId + " " + topicName);
    }

    @Override
    public boolean publish(
            boolean dup, Qos qos, boolean retain, TopicForm form, int topic, int packetId, Octets payload) {
        return said.add("publish " + (dup ? "dup " : "") + topic + " " + packetId + " " + payload.toUtf8());
    }

    @Override
    public void pubAck(int topic, int packetId, ReasonCode reason) {
        said.add("pubAck " + topic + " " + packetId + " " + reason);
    }

    @Override
    public void pubRec(int packetId) {
        said.add("pubRec " + packetId);
    }

    @Override
    public void pubRel(int packetId) {
        said.add("pubRel " + packetId);
    }

    @Override
    public void pubComp(int packetId) {
        said.add("pubComp " + packetId);
    }

    @Override
    public void subAck(Qos granted, int topic, int packetId, ReasonCode reason) {
        said.add("subAck " + granted + " " + topic + " " + packetId + " " + reason);
    }

    @Override
    public void unsubAck(int packetId) {
        said.add("unsubAck " + packetId);
    }

    @Override
    public void pingReq() {
        said.add("pingReq");
    }

    @Override
    public void pingResp() {
        said.add("pingResp");
    }

    @Override
    public void willTopicResp(ReasonCode reason) {
        said.add("willTopicResp " + reason);
    }

    @Override
    public void willMessageResp(ReasonCode reason) {
        said.add("willMessageResp " + reason);
    }

    @Override
    public void disconnect() {
        said.add("disconnect");
    }
}
