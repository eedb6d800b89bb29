package io.causeway.radio.serial;

import io.causeway.radio.LinkAddress;

/**
 * The one peer at the other end of a line.
 *
 * @param line its port, as configured
 */
record SerialAddress(String line) implements LinkAddress {
    /** The link says which line it is. */
    static final String STORED_FORM = "line";

    @Override
    public Object admissionKey() {
        return this;
    }

    @Override
    public String storedForm() {
        return STORED_FORM;
    }

    @Override
    public byte[] octets() {
        return new byte[0];
    }

    @Override
    public String toString() {
        return line;
    }
}
