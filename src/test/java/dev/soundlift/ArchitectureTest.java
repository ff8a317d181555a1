package dev.soundlift;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The directions of the house, read from the bytecode: each room knows only the rooms that it may know. */
class ArchitectureTest {
    private static final String ROOT = "dev.soundlift";
    private static final String[] FRONT_DOORS = {
        ROOT + ".cli..", ROOT + ".web..", ROOT + ".agent..", ROOT + ".cluster.."
    };

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @ParameterizedTest(name = "{0} knows only: {1}")
    @CsvSource({
        "text, ''",
        "media, ''",
        "failure, text",
        "request, media",
        "plan, media request failure text",
        "sentence, media request text",
        "skill, output request failure text",
        "stream, engine failure media request",
    })
    void an_inner_room_knows_only_what_it_is_made_of(String room, String others) {
        String[] allowed = ("java.. org.jspecify.. " + own(room) + " " + own(others)).split(" +");
        classes()
                .that()
                .resideInAPackage(own(room))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(HOUSE);
    }

    private static String own(String rooms) {
        return rooms.isEmpty() ? "" : ROOT + "." + rooms.replace(" ", ".. " + ROOT + ".") + "..";
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "text", "failure", "media"})
    void decisions_and_facts_touch_no_file_and_no_network(String room) {
        noClasses()
                .that()
                .resideInAPackage(own(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.channels..")
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.net..").and(not(type(URI.class)))) // an address is a fact
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .check(HOUSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "request", "media"})
    void decisions_ask_no_clock_and_roll_no_dice(String room) {
        noClasses()
                .that()
                .resideInAPackage(own(room))
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Instant")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .check(HOUSE);
    }

    @Test
    void the_engine_contract_knows_no_engine() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".engine")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".engine.*..")
                .check(HOUSE);
    }

    @Test
    void engines_do_not_know_each_other() {
        slices().matching(ROOT + ".engine.(*)..")
                .should()
                .notDependOnEachOther()
                .check(HOUSE);
    }

    @Test
    void engines_carry_out_plans_and_make_none() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".engine..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".plan.Planner")
                .check(HOUSE);
    }

    @Test
    void the_verifier_asks_no_engine_implementation() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".verify..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".engine.*..")
                .check(HOUSE);
    }

    @Test
    void reports_format_and_know_no_door_no_files_and_no_engine_implementation() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".cli..", ROOT + ".web..", ROOT + ".output..", ROOT + ".engine.*..")
                .check(HOUSE);
    }

    @ParameterizedTest(name = "{0} only in: {1}")
    @CsvSource({
        "org.bytedeco.., engine.inprocess",
        "com.sun.jna.., engine.inprocess",
        "picocli.., cli",
        "com.fasterxml.jackson.., report settings engine.executable nemo web agent cluster",
        "io.modelcontextprotocol.., agent",
        "reactor.., agent",
        "io.javalin.., web",
        "org.eclipse.jetty.., web",
        "okhttp3.., nemo source",
        "org.apache.spark.., cluster",
        "scala.., cluster",
        "org.apache.parquet.., cluster",
        "software.amazon.awssdk.., cluster",
    })
    void a_library_lives_in_few_rooms(String library, String rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(own(rooms).split(" "))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(HOUSE);
    }

    /** Revisions of the protocol change the SDK: no more than the adapter, its transport and their entrance follow it. */
    @Test
    void the_protocols_sdk_is_known_to_its_adapter_alone() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.agent\\.(SdkServer|StdioTransport)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.modelcontextprotocol..", "reactor..")
                .check(HOUSE);
    }

    /** Another engine for clusters would be one class and its two listeners, another object store its three. */
    @Test
    void in_the_cluster_few_classes_know_spark_and_few_the_object_store() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.cluster\\.(ExtractJob|Outage|Totals)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "scala..")
                .check(HOUSE);
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.cluster\\.S3(Store|Access|Parts)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(HOUSE);
    }

    /**
     * The command that opens a door is its only way in; an agent's calls are a command line's, and what a job wishes for
     * each input is said in the words of one.
     */
    @Test
    void nobody_else_imports_a_front_door() {
        for (String door : FRONT_DOORS) {
            noClasses()
                    .that(resideOutsideOfPackage(door))
                    .and()
                    .haveNameNotMatching(
                            ROOT.replace(".", "\\.") + "\\.cli\\.(WebCommand|McpCommand|AgentCalls(\\$.*)?)|"
                                    + ROOT.replace(".", "\\.") + "\\.cluster\\.(JobWords|Workbench)")
                    .should()
                    .dependOnClassesThat(resideInAPackage(door))
                    .check(HOUSE);
        }
    }

    @Test
    void the_rooms_have_no_cycles() {
        ArchRule noCycles = slices().assignedFrom(new Rooms()).should().beFreeOfCycles();
        noCycles.check(HOUSE);
    }

    /**
     * Each package is a room, an engine implementation a room of its own, and the library's front door one more: the
     * rooms that use it (batch, the doors) may not be used by it.
     */
    private static final class Rooms implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            if (!type.getPackageName().startsWith(ROOT)) return SliceIdentifier.ignore();
            String inside = type.getPackageName().substring(ROOT.length());
            return SliceIdentifier.of(inside.isEmpty() ? "(Soundlift)" : inside.substring(1));
        }

        @Override
        public String getDescription() {
            return "rooms";
        }
    }

    @Test
    void every_class_is_named_for_what_it_is() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(HOUSE);
    }
}
