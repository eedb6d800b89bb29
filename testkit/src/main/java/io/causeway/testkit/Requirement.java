package io.causeway.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the rules of a specification that a test checks: it must fail when the behaviour is taken away. On a class, for
 * all of its tests.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requirement {
    /**
     * Ids as in {@code docs/spec-coverage-1.2.md}, for example {@code "G-CONN-01"}, in
     * {@code docs/spec-coverage-1.2-client.md}, for example {@code "C-CONN-01"}, and in
     * {@code docs/spec-coverage-mqtt-5.md}, for example {@code "MQTT-3.1.2-4"}.
     */
    String[] value();
}
