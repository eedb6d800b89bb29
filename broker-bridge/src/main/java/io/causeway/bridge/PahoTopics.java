package io.causeway.bridge;

/** What Paho does with names: it takes some for malformed that are not, and ends the connection over them. */
final class PahoTopics {
    private static final char FIRST_REFUSED = '\uFDD0';

    private PahoTopics() {}

    /** False for control characters, surrogates (that is all beyond the basic plane) and the end of that plane. */
    static boolean canCarry(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c) || c >= FIRST_REFUSED) {
                return false;
            }
        }
        return true;
    }
}
