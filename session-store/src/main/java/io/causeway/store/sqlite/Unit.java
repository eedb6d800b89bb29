package io.causeway.store.sqlite;

import io.causeway.routing.ApplicationMessage;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import java.util.List;

/**
 * What was submitted at once.
 *
 * @param changes whom to tell when it is durable
 * @param list    what is in it
 * @param octets  that it weighs in memory, about
 */
record Unit(Changes changes, List<Change> list, long octets) {
    private static final int OCTETS_OF_A_CHANGE = 100;

    static Unit of(Changes changes) {
        List<Change> list = changes.toList();
        long octets = 0;
        for (Change each : list) {
            octets += OCTETS_OF_A_CHANGE + weightOctets(each);
        }
        return new Unit(changes, list, octets);
    }

    private static int weightOctets(Change change) {
        if (change instanceof Change.PutMessage put) {
            return put.message().message().weightOctets();
        }
        if (change instanceof Change.PutForward put) {
            return put.forward().message().weightOctets();
        }
        if (change instanceof Change.PutRetained put) {
            return put.message().weightOctets();
        }
        if (change instanceof Change.PutArrival put) {
            return put.arrival().message().weightOctets();
        }
        if (change instanceof Change.PutWill put) {
            return put.will().message().weightOctets();
        }
        if (change instanceof Change.PutSession put) {
            ApplicationMessage will = put.session().will();
            return will == null ? 0 : will.weightOctets();
        }
        return 0;
    }
}
