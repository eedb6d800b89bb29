package io.causeway.bridge;

/**
 * Why a connection ended or did not come to be.
 *
 * @param cause  in words, for the log
 * @param byPeer whether the broker ended the connection, as it does after a packet that it will not take
 */
record ConnectionLoss(String cause, boolean byPeer) {}
