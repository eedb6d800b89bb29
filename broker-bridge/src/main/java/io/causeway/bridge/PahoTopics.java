package io.causeway.bridge;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Keeps topics from Paho that it takes for malformed although they are not. A single message to such a topic, from
 * anybody, would stop its reader for good.
 *
 * <p>On the way in, a PUBLISH with such a topic is changed into one to a stand-in, which Paho carries, with the true
 * topic before the payload:
 *
 * <pre>stand-in [packet id] topicLength(2) topic payload</pre>
 */
final class PahoTopics {
    private static final char FIRST_REFUSED = '\uFDD0';
    private static final String STAND_IN = "\uE000";
    private static final int PUBLISH = 3;
    private static final int QOS_BITS = 0x06;

    private PahoTopics() {}

    /** False for control characters, surrogates (that is all beyond the basic plane) and the end of that plane. */
    static boolean canCarry(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c) || c >= FIRST_REFUSED) {
                return false;
            }
        }
        return !name.equals(STAND_IN);
    }

    static String standIn() {
        return STAND_IN;
    }

    /** What a message to the stand-in carries. */
    static byte[] payloadFor(String topic, byte[] payload) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Short.BYTES + name.length + payload.length)
                .putShort((short) name.length)
                .put(name)
                .put(payload)
                .array();
    }

    static boolean isStandIn(String topic) {
        return topic.equals(STAND_IN);
    }

    /** The true topic of a message to the stand-in. */
    static String topicOf(byte[] payload) {
        return new String(payload, Short.BYTES, topicLength(payload), StandardCharsets.UTF_8);
    }

    /** The true payload of a message to the stand-in. */
    static byte[] payloadOf(byte[] payload) {
        int start = Short.BYTES + topicLength(payload);
        byte[] rest = new byte[payload.length - start];
        System.arraycopy(payload, start, rest, 0, rest.length);
        return rest;
    }

    private static int topicLength(byte[] payload) {
        return Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
    }

    /** A stream of MQTT packets in which each topic is one that Paho carries. Owned by its reader. */
    static InputStream guarding(InputStream packets) {
        return new Guard(packets);
    }

    private static final class Guard extends InputStream {
        private final DataInputStream in;
        private byte[] head = {};
        private int headRead;
        private int leftOctets;

        private Guard(InputStream packets) {
            this.in = new DataInputStream(packets);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (headRead == head.length && leftOctets == 0 && !nextPacket()) {
                return -1;
            }
            if (headRead < head.length) {
                int count = Math.min(length, head.length - headRead);
                System.arraycopy(head, headRead, into, offset, count);
                headRead += count;
                return count;
            }
            int count = in.read(into, offset, Math.min(length, leftOctets));
            leftOctets -= Math.max(0, count);
            return count;
        }

        @Override
        public int available() throws IOException {
            return head.length - headRead + Math.min(leftOctets, in.available());
        }

        /** Reads what may have to be changed of the next packet; false at the end. */
        private boolean nextPacket() throws IOException {
            int first = in.read();
            if (first < 0) {
                return false;
            }
            int remaining = readRemainingLength();
            ByteArrayOutputStream changed = new ByteArrayOutputStream();
            if (first >> 4 != PUBLISH || remaining < Short.BYTES) {
                writeHeader(changed, first, remaining);
                leftOctets = remaining;
            } else {
                readPublish(first, remaining, changed);
            }
            head = changed.toByteArray();
            headRead = 0;
            return true;
        }

        private void readPublish(int first, int remaining, ByteArrayOutputStream changed) throws IOException {
            int length = in.readUnsignedShort();
            byte[] topic = in.readNBytes(Math.min(length, remaining - Short.BYTES));
            leftOctets = remaining - Short.BYTES - topic.length;
            if (isPlain(topic) || canCarry(new String(topic, StandardCharsets.UTF_8))) {
                writeHeader(changed, first, remaining);
                writeName(changed, topic, length);
                return;
            }
            byte[] standIn = STAND_IN.getBytes(StandardCharsets.UTF_8);
            writeHeader(changed, first, remaining + Short.BYTES + standIn.length);
            writeName(changed, standIn, standIn.length);
            if ((first & QOS_BITS) != 0) {
                if (leftOctets < Short.BYTES) {
                    throw new IOException("a PUBLISH without its packet id");
                }
                changed.writeBytes(in.readNBytes(Short.BYTES));
                leftOctets -= Short.BYTES;
            }
            writeName(changed, topic, length);
        }

        private static boolean isPlain(byte[] topic) {
            for (byte octet : topic) {
                if (octet < ' ' || octet == 0x7F) {
                    return false;
                }
            }
            return true;
        }

        private int readRemainingLength() throws IOException {
            int length = 0;
            for (int shift = 0; shift < 28; shift += 7) {
                int octet = in.readUnsignedByte();
                length |= (octet & 0x7F) << shift;
                if (octet < 0x80) {
                    return length;
                }
            }
            throw new IOException("a remaining length of more than four octets");
        }

        private static void writeHeader(ByteArrayOutputStream out, int first, int remaining) {
            out.write(first);
            int left = remaining;
            for (; left >= 0x80; left >>= 7) {
                out.write((left & 0x7F) | 0x80);
            }
            out.write(left);
        }

        private static void writeName(ByteArrayOutputStream out, byte[] name, int length) {
            out.write(length >> 8);
            out.write(length);
            out.writeBytes(name);
        }
    }
}
