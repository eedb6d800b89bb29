package io.causeway.client;

/** The answer to a request that asks for nothing back: it is carried out. */
public enum Done {
    DONE
}
