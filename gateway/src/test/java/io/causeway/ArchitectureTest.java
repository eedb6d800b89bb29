package io.causeway;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** The arrows between the modules, and the rules that keep the core free of hidden inputs. */
@AnalyzeClasses(packages = "io.causeway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CODEC = "io.causeway.codec..";
    private static final String TIMER = "io.causeway.timer..";
    private static final String ROUTING = "io.causeway.routing..";
    private static final String STORE = "io.causeway.store";
    private static final String SQLITE = "io.causeway.store.sqlite..";
    private static final String SESSION = "io.causeway.session..";
    private static final String UPSTREAM = "io.causeway.upstream..";
    private static final String DIALECT = "io.causeway.dialect..";
    private static final String ACCESS = "io.causeway.access";
    private static final String ACCESS_FILES = "io.causeway.access.file..";
    private static final String BROKER = "io.causeway.broker..";
    private static final String RADIO = "io.causeway.radio..";
    private static final String RADIO_FRAMES = "io.causeway.radio.xbee.frame";
    private static final String RADIO_FRAMING = "io.causeway.radio.framing";
    private static final String BRIDGE = "io.causeway.bridge..";
    private static final String CLIENT = "io.causeway.client..";
    private static final String SETTINGS = "io.causeway.settings..";
    private static final String SIMULATOR = "io.causeway.simulator..";
    private static final String FORWARDER = "io.causeway.forwarder..";
    private static final String GATEWAY = "io.causeway.gateway..";

    private static final String[] CORE = {ROUTING, STORE, SESSION, UPSTREAM, DIALECT, ACCESS};
    private static final String[] CORE_AND_BELOW = {ROUTING, STORE, SESSION, UPSTREAM, DIALECT, ACCESS, CODEC, TIMER};

    /** What threads do share, such as the directory of sessions, is in concurrent collections. */
    private static final String[] OWNED_BY_ONE_LOOP = {CODEC, SESSION};

    @ArchTest
    static final ArchRule codec_usesNoOtherModule = module(CODEC).mayUse();

    @ArchTest
    static final ArchRule timer_usesNoOtherModule = module(TIMER).mayUse();

    @ArchTest
    static final ArchRule core_usesCodecAndTimer = module(CORE).mayUse(CODEC, TIMER);

    @ArchTest
    static final ArchRule routing_knowsNoPacket = module(ROUTING).mayUse("io.causeway.codec");

    @ArchTest
    static final ArchRule session_isFreeOfVersions =
            module(SESSION).mayUse("io.causeway.codec", ROUTING, STORE, UPSTREAM, ACCESS, TIMER);

    @ArchTest
    static final ArchRule upstream_knowsNoSessions = module(UPSTREAM).mayUse("io.causeway.codec", ROUTING, STORE);

    @ArchTest
    static final ArchRule store_knowsMessagesOnly = module(STORE).mayUse("io.causeway.codec", ROUTING);

    @ArchTest
    static final ArchRule sqlite_usesItsSeam = module(SQLITE).mayUse("io.causeway.codec", ROUTING, STORE);

    @ArchTest
    static final ArchRule radio_knowsNoMqttSn = module(RADIO).mayUse();

    @ArchTest
    static final ArchRule bridge_usesTheCore = module(BRIDGE).mayUse(CORE_AND_BELOW);

    @ArchTest
    static final ArchRule access_knowsTopicsOnly = module(ACCESS).mayUse("io.causeway.codec", ROUTING);

    @ArchTest
    static final ArchRule accessFiles_useWhatTheyAnswer =
            module(ACCESS_FILES).mayUse("io.causeway.codec", ROUTING, ACCESS);

    @ArchTest
    static final ArchRule broker_usesTheCore = module(BROKER).mayUse(CORE_AND_BELOW);

    @ArchTest
    static final ArchRule client_usesCodecAndTimer = module(CLIENT).mayUse(CODEC, TIMER);

    @ArchTest
    static final ArchRule simulator_usesClientSettingsAndFramesOfRadios =
            module(SIMULATOR).mayUse(CLIENT, CODEC, TIMER, SETTINGS, RADIO_FRAMES, RADIO_FRAMING);

    @ArchTest
    static final ArchRule forwarder_knowsNoSessions = module(FORWARDER).mayUse(CODEC, RADIO);

    @ArchTest
    static final ArchRule gateway_isUsedByNothing = noClasses()
            .that()
            .resideOutsideOfPackage(GATEWAY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(GATEWAY);

    @ArchTest
    static final ArchRule everyPackage_isNullMarked = classes().should(beInANullMarkedPackage());

    @ArchTest
    static final ArchRule codec_usesBuffersOnly = classes()
            .that()
            .resideInAPackage(CODEC)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(CODEC, "java..", "org.jspecify..", "io.netty.buffer.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule timer_usesTheJdkOnly = classes()
            .that()
            .resideInAPackage(TIMER)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(TIMER, "java..", "org.jspecify.."));

    @ArchTest
    static final ArchRule coreAndBelow_haveNoSocketAndNoFile = noClasses()
            .that()
            .resideInAnyPackage(CORE_AND_BELOW)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io", "java.net..", "java.nio.channels..", "java.nio.file..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule buffers_endAtTheDialect = noClasses()
            .that()
            .resideInAnyPackage(ROUTING, SESSION, UPSTREAM)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule dialect_usesNoMoreOfNettyThanBuffers = noClasses()
            .that()
            .resideInAPackage(DIALECT)
            .should()
            .dependOnClassesThat(resideInAPackage("io.netty..").and(not(resideInAPackage("io.netty.buffer"))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule coreAndBelow_areToldTheTime = noClasses()
            .that()
            .resideInAnyPackage(CORE_AND_BELOW)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, Instant.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule coreAndBelow_startNoThread = noClasses()
            .that()
            .resideInAnyPackage(CORE_AND_BELOW)
            .should()
            .dependOnClassesThat(
                    assignableTo(Thread.class).or(assignableTo(Executor.class)).or(assignableTo(Future.class)))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ownedByOneLoop_useNoLock = noClasses()
            .that()
            .resideInAnyPackage(OWNED_BY_ONE_LOOP)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent.locks")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ownedByOneLoop_useNoVolatile = fields().that()
            .areDeclaredInClassesThat(resideInAnyPackage(OWNED_BY_ONE_LOOP))
            .should()
            .notHaveModifier(JavaModifier.VOLATILE)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ownedByOneLoop_synchronizeNothing = methods()
            .that()
            .areDeclaredInClassesThat(resideInAnyPackage(OWNED_BY_ONE_LOOP))
            .should()
            .notHaveModifier(JavaModifier.SYNCHRONIZED)
            .allowEmptyShould(true);

    private static Module module(String... packages) {
        return new Module(List.of(packages));
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                boolean marked = javaClass.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(javaClass, marked, javaClass.getPackageName() + " is not"));
            }
        };
    }

    /** The packages of a module. Lets a rule hold while there is no class in them yet. */
    private record Module(List<String> packages) {
        ArchRule mayUse(String... others) {
            String[] own = packages.toArray(String[]::new);
            return noClasses()
                    .that()
                    .resideInAnyPackage(own)
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.causeway..")
                            .and(not(resideInAnyPackage(own)))
                            .and(not(resideInAnyPackage(others))))
                    .allowEmptyShould(true);
        }
    }
}
