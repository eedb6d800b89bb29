package io.causeway.broker.differential;

import java.util.Random;

/** Which versions the clients of a script have. */
enum Mix {
    ALL_3_1_1,
    ALL_5,
    BOTH;

    Version pick(Random random) {
        return switch (this) {
            case ALL_3_1_1 -> Version.V3_1_1;
            case ALL_5 -> Version.V5;
            case BOTH -> random.nextBoolean() ? Version.V5 : Version.V3_1_1;
        };
    }
}
