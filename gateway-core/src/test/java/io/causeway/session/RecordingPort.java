package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.routing.Qos;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a session says, in its own words, once it is not held back any more; every packet fits. */
final class RecordingPort implements ClientPort {
    private final List<String> said = new ArrayList<>();
    private final List<String> waiting = new ArrayList<>();
    private int holds;
    private boolean closed;

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
        say("connAck " + reason);
    }

    @Override
    public void regAck(int topicAlias, int packetId, ReasonCode reason) {
        say("regAck " + topicAlias + " " + packetId + " " + reason);
    }

    @Override
    public boolean register(int topicAlias, int packetId, String topicName) {
        say("register " + topicAlias + " " + packetId + " " + topicName);
        return true;
    }

    @Override
    public boolean publish(
            boolean dup, Qos qos, boolean retain, TopicForm form, int topic, int packetId, Octets payload) {
        String words = "publish " + (dup ? "dup " : "") + topic + " " + packetId + " " + payload.toUtf8();
        if (qos == Qos.AT_MOST_ONCE) {
            said.add(words);
        } else {
            say(words);
        }
        return true;
    }

    @Override
    public void pubAck(int topic, int packetId, ReasonCode reason) {
        say("pubAck " + topic + " " + packetId + " " + reason);
    }

    @Override
    public void pubRec(int packetId) {
        say("pubRec " + packetId);
    }

    @Override
    public void pubRel(int packetId) {
        say("pubRel " + packetId);
    }

    @Override
    public void pubComp(int packetId) {
        say("pubComp " + packetId);
    }

    @Override
    public void subAck(Qos granted, int topic, int packetId, ReasonCode reason) {
        say("subAck " + granted + " " + topic + " " + packetId + " " + reason);
    }

    @Override
    public void unsubAck(int packetId) {
        say("unsubAck " + packetId);
    }

    @Override
    public void pingReq() {
        say("pingReq");
    }

    @Override
    public void pingResp() {
        say("pingResp");
    }

    @Override
    public void pingRespAtOnce() {
        said.add("pingResp");
    }

    @Override
    public void willTopicResp(ReasonCode reason) {
        say("willTopicResp " + reason);
    }

    @Override
    public void willMessageResp(ReasonCode reason) {
        say("willMessageResp " + reason);
    }

    @Override
    public void disconnect() {
        say("disconnect");
    }

    @Override
    public void hold() {
        if (!closed) {
            holds++;
        }
    }

    @Override
    public void release() {
        if (holds > 0 && --holds == 0) {
            said.addAll(waiting);
            waiting.clear();
        }
    }

    @Override
    public boolean isHeld() {
        return holds > 0;
    }

    @Override
    public void close() {
        closed = true;
        holds = 0;
        waiting.clear();
    }

    private void say(String words) {
        (isHeld() ? waiting : said).add(words);
    }
}
