package io.causeway.codec.v12;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import java.util.Locale;

/** Packets in the words of the vector files, and back. */
final class VectorFields implements PacketHandler {
    private final ObjectNode fields = JsonNodeFactory.instance.objectNode();

    private VectorFields() {}

    /** The fields of a packet, as a vector lists them. */
    static ObjectNode of(Packet packet) {
        var handler = new VectorFields();
        handler.fields.put("type", packet.type().name());
        packet.accept(handler);
        return handler.fields;
    }

    /** The packet that a vector lists the fields of. */
    static Packet toPacket(ObjectNode fields) throws MalformedPacketException {
        return switch (MessageType.valueOf(text(fields, "type").toUpperCase(Locale.ROOT))) {
            case ADVERTISE -> new Advertise(number(fields, "gatewayId"), number(fields, "duration"));
            case SEARCHGW -> new SearchGw(number(fields, "radius"));
            case GWINFO -> new GwInfo(number(fields, "gatewayId"), octets(fields, "address"));
            case CONNECT ->
                new Connect(
                        flag(fields, "will"),
                        flag(fields, "cleanSession"),
                        number(fields, "protocolId"),
                        number(fields, "duration"),
                        text(fields, "clientId"));
            case CONNACK -> new ConnAck(returnCode(fields));
            case WILLTOPICREQ -> new WillTopicReq();
            case WILLTOPIC ->
                fields.has("willTopic")
                        ? new WillTopic(qos(fields), flag(fields, "retain"), text(fields, "willTopic"))
                        : WillTopic.empty();
            case WILLMSGREQ -> new WillMsgReq();
            case WILLMSG -> new WillMsg(octets(fields, "willMessage"));
            case REGISTER ->
                new Register(number(fields, "topicId"), number(fields, "msgId"), text(fields, "topicName"));
            case REGACK -> new RegAck(number(fields, "topicId"), number(fields, "msgId"), returnCode(fields));
            case PUBLISH ->
                new Publish(
                        flag(fields, "dup"),
                        qos(fields),
                        flag(fields, "retain"),
                        topicIdType(fields),
                        topicId(fields),
                        number(fields, "msgId"),
                        octets(fields, "data"));
            case PUBACK -> new PubAck(number(fields, "topicId"), number(fields, "msgId"), returnCode(fields));
            case PUBCOMP -> new PubComp(number(fields, "msgId"));
            case PUBREC -> new PubRec(number(fields, "msgId"));
            case PUBREL -> new PubRel(number(fields, "msgId"));
            case SUBSCRIBE -> new Subscribe(flag(fields, "dup"), qos(fields), number(fields, "msgId"), topic(fields));
            case SUBACK ->
                new SubAck(qos(fields), number(fields, "topicId"), number(fields, "msgId"), returnCode(fields));
            case UNSUBSCRIBE -> new Unsubscribe(number(fields, "msgId"), topic(fields));
            case UNSUBACK -> new UnsubAck(number(fields, "msgId"));
            case PINGREQ -> new PingReq(text(fields, "clientId"));
            case PINGRESP -> new PingResp();
            case DISCONNECT -> fields.has("duration") ? new Disconnect(number(fields, "duration")) : Disconnect.plain();
            case WILLTOPICUPD ->
                fields.has("willTopic")
                        ? new WillTopicUpd(qos(fields), flag(fields, "retain"), text(fields, "willTopic"))
                        : WillTopicUpd.empty();
            case WILLTOPICRESP -> new WillTopicResp(returnCode(fields));
            case WILLMSGUPD -> new WillMsgUpd(octets(fields, "willMessage"));
            case WILLMSGRESP -> new WillMsgResp(returnCode(fields));
            case ENCAPSULATED ->
                new Encapsulated(
                        number(fields, "radius"),
                        octets(fields, "nodeId"),
                        PacketCodec.encode(toPacket(fields.withObject("/inner"))));
        };
    }

    private static JsonNode required(JsonNode fields, String name) {
        return fields.required(name);
    }

    private static int number(JsonNode fields, String name) {
        return required(fields, name).intValue();
    }

    private static boolean flag(JsonNode fields, String name) {
        return required(fields, name).booleanValue();
    }

    private static String text(JsonNode fields, String name) {
        return required(fields, name).textValue();
    }

    private static Octets octets(JsonNode fields, String name) {
        return Octets.ofHex(text(fields, name));
    }

    private static Qos qos(JsonNode fields) {
        return Qos.of(number(fields, "qos"));
    }

    private static ReturnCode returnCode(JsonNode fields) throws MalformedPacketException {
        return ReturnCode.of(number(fields, "returnCode"));
    }

    private static TopicIdType topicIdType(JsonNode fields) throws MalformedPacketException {
        return TopicIdType.of(number(fields, "topicIdType"));
    }

    private static int topicId(JsonNode fields) throws MalformedPacketException {
        return topicIdType(fields) == TopicIdType.SHORT
                ? Topic.Short.toTopicId(octets(fields, "shortTopic").toUtf8())
                : number(fields, "topicId");
    }

    private static Topic topic(JsonNode fields) throws MalformedPacketException {
        return switch (topicIdType(fields)) {
            case NORMAL -> new Topic.Name(text(fields, "topicName"));
            case PREDEFINED -> new Topic.Predefined(number(fields, "topicId"));
            case SHORT -> new Topic.Short(octets(fields, "shortTopic").toUtf8());
        };
    }

    @Override
    public void onAdvertise(Advertise packet) {
        fields.put("gatewayId", packet.gwId()).put("duration", packet.durationSeconds());
    }

    @Override
    public void onSearchGw(SearchGw packet) {
        fields.put("radius", packet.radius());
    }

    @Override
    public void onGwInfo(GwInfo packet) {
        fields.put("gatewayId", packet.gwId()).put("address", packet.gwAdd().toHex());
    }

    @Override
    public void onConnect(Connect packet) {
        fields.put("will", packet.will())
                .put("cleanSession", packet.cleanSession())
                .put("protocolId", packet.protocolId())
                .put("duration", packet.durationSeconds())
                .put("clientId", packet.clientId());
    }

    @Override
    public void onConnAck(ConnAck packet) {
        put(packet.returnCode());
    }

    @Override
    public void onWillTopicReq(WillTopicReq packet) {}

    @Override
    public void onWillTopic(WillTopic packet) {
        if (!packet.isEmpty()) {
            putWill(packet.qos(), packet.retain(), packet.willTopic());
        }
    }

    @Override
    public void onWillMsgReq(WillMsgReq packet) {}

    @Override
    public void onWillMsg(WillMsg packet) {
        fields.put("willMessage", packet.willMsg().toHex());
    }

    @Override
    public void onRegister(Register packet) {
        fields.put("topicId", packet.topicId()).put("msgId", packet.msgId()).put("topicName", packet.topicName());
    }

    @Override
    public void onRegAck(RegAck packet) {
        fields.put("topicId", packet.topicId()).put("msgId", packet.msgId());
        put(packet.returnCode());
    }

    @Override
    public void onPublish(Publish packet) {
        fields.put("dup", packet.dup())
                .put("qos", packet.qos().wireValue())
                .put("retain", packet.retain())
                .put("topicIdType", packet.topicIdType().wireValue())
                .put("msgId", packet.msgId())
                .put("data", packet.data().toHex());
        if (packet.topicIdType() == TopicIdType.SHORT) {
            fields.put("shortTopic", "%04x".formatted(packet.topicId()));
        } else {
            fields.put("topicId", packet.topicId());
        }
    }

    @Override
    public void onPubAck(PubAck packet) {
        fields.put("topicId", packet.topicId()).put("msgId", packet.msgId());
        put(packet.returnCode());
    }

    @Override
    public void onPubComp(PubComp packet) {
        fields.put("msgId", packet.msgId());
    }

    @Override
    public void onPubRec(PubRec packet) {
        fields.put("msgId", packet.msgId());
    }

    @Override
    public void onPubRel(PubRel packet) {
        fields.put("msgId", packet.msgId());
    }

    @Override
    public void onSubscribe(Subscribe packet) {
        fields.put("dup", packet.dup()).put("qos", packet.qos().wireValue()).put("msgId", packet.msgId());
        put(packet.topic());
    }

    @Override
    public void onSubAck(SubAck packet) {
        fields.put("qos", packet.qos().wireValue())
                .put("topicId", packet.topicId())
                .put("msgId", packet.msgId());
        put(packet.returnCode());
    }

    @Override
    public void onUnsubscribe(Unsubscribe packet) {
        fields.put("msgId", packet.msgId());
        put(packet.topic());
    }

    @Override
    public void onUnsubAck(UnsubAck packet) {
        fields.put("msgId", packet.msgId());
    }

    @Override
    public void onPingReq(PingReq packet) {
        fields.put("clientId", packet.clientId());
    }

    @Override
    public void onPingResp(PingResp packet) {}

    @Override
    public void onDisconnect(Disconnect packet) {
        if (packet.hasDuration()) {
            fields.put("duration", packet.durationSeconds());
        }
    }

    @Override
    public void onWillTopicUpd(WillTopicUpd packet) {
        if (!packet.isEmpty()) {
            putWill(packet.qos(), packet.retain(), packet.willTopic());
        }
    }

    @Override
    public void onWillTopicResp(WillTopicResp packet) {
        put(packet.returnCode());
    }

    @Override
    public void onWillMsgUpd(WillMsgUpd packet) {
        fields.put("willMessage", packet.willMsg().toHex());
    }

    @Override
    public void onWillMsgResp(WillMsgResp packet) {
        put(packet.returnCode());
    }

    @Override
    public void onEncapsulated(Encapsulated packet) {
        fields.put("radius", packet.radius())
                .put("nodeId", packet.nodeId().toHex())
                .put("packet", packet.packet().toHex());
        try {
            fields.set("inner", of(PacketCodec.decode(packet.packet().asByteBuf(), Leniency.STRICT)));
        } catch (MalformedPacketException e) {
            throw new AssertionError("the message within is malformed", e);
        }
    }

    private void put(ReturnCode returnCode) {
        fields.put("returnCode", returnCode.wireValue());
    }

    private void put(Topic topic) {
        fields.put("topicIdType", topic.idType().wireValue());
        if (topic instanceof Topic.Name name) {
            fields.put("topicName", name.topicName());
        } else if (topic instanceof Topic.Predefined predefined) {
            fields.put("topicId", predefined.topicId());
        } else if (topic instanceof Topic.Short shortTopic) {
            fields.put("shortTopic", Octets.utf8(shortTopic.name()).toHex());
        }
    }

    private void putWill(Qos qos, boolean retain, String willTopic) {
        fields.put("qos", qos.wireValue()).put("retain", retain).put("willTopic", willTopic);
    }
}
