package io.causeway.gateway.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.LoggerFactory;

/**
 * The signals of this process. Java has no supported way to them; {@code sun.misc.Signal} is in every JDK, but javac
 * warns of it in a way that cannot be turned off, so it is found by name.
 */
public final class ProcessSignals implements Signals {
    @Override
    public void on(Kind kind, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle run = lookup.findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(action);
            Object onSignal =
                    MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(run, 0, signal));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(kind.name()), onSignal);
        } catch (ReflectiveOperationException e) {
            // with -Xrs, or on a system without the signal: the process is still of use
            LoggerFactory.getLogger(ProcessSignals.class).warn("signal {} cannot be handled", kind, e);
        }
    }
}
