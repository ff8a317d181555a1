package dev.soundlift.cli;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.executable.FfmpegProgram;
import dev.soundlift.engine.inprocess.EncoderSpeed;
import dev.soundlift.engine.inprocess.Natives;
import dev.soundlift.engine.inprocess.SystemCodec;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Codec;
import dev.soundlift.nemo.CloudProgress;
import dev.soundlift.nemo.CloudSettings;
import dev.soundlift.nemo.NemoClient;
import dev.soundlift.report.Json;
import dev.soundlift.settings.Places;
import dev.soundlift.settings.Settings;
import dev.soundlift.text.Text;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code soundlift doctor}: what works on this machine, and what to do to make it better. */
@Command(name = "doctor", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
    private static final List<Codec> ENCODERS = List.of(Codec.MP3, Codec.AAC, Codec.OPUS, Codec.FLAC, Codec.ALAC);

    private final Console console;

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws ExtractionException {
        say("program", true, Text.of("doctor.program", Version.number()));
        say("installation", true, Installation.ofThisProgram());
        say(
                "java",
                true,
                Text.of(
                        "doctor.java",
                        System.getProperty("java.version", "?"),
                        System.getProperty("java.vendor", "?")));
        Natives natives = Natives.status();
        say(
                "natives",
                natives.usable(),
                Text.of(natives.usable() ? "doctor.natives" : "doctor.no-natives", natives.detail()));
        if (natives.usable()) {
            for (Codec codec : ENCODERS) {
                OptionalDouble speed = EncoderSpeed.timesRealTime(codec);
                String name = codec.ffmpegName();
                say(
                        "encoder." + name,
                        speed.isPresent(),
                        speed.isPresent()
                                ? Text.of(
                                        "doctor.encoder", name, String.format(Locale.ROOT, "%.0f", speed.getAsDouble()))
                                : Text.of("doctor.no-encoder", name));
                SystemCodec.of(name).ifPresent(own -> saySystemCodec(name, own));
            }
        }
        boolean program = sayProgram(natives.usable());
        boolean sound = saySettings();
        sayCloud();
        String names = System.getProperty("sun.jnu.encoding", "?");
        boolean unicode = names.toUpperCase(Locale.ROOT).contains("UTF");
        say("file-names", unicode, Text.of(unicode ? "doctor.names" : "doctor.bad-names", names));
        if (!sound) return ExitCode.USAGE;
        return natives.usable() || program ? ExitCode.OK : dev.soundlift.failure.ErrorKind.NO_ENGINE.exitCode();
    }

    private void saySystemCodec(String name, SystemCodec own) {
        SystemCodec.Status status = own.status();
        if (SystemCodec.isSwitchedOff()) {
            say("system." + name, false, Text.of("doctor.bundled-codecs", SystemCodec.VARIABLE));
        } else if (status.usable()) {
            say("system." + name, true, Text.of("doctor.system-codec", name, status.detail()));
        } else {
            String command = SystemCodec.installation();
            say("system." + name, false, Text.of("doctor.no-system-codec", name, status.detail(), command));
        }
    }

    /** Whether what is set can be used. */
    private boolean saySettings() {
        try {
            Settings settings = Settings.load(Places.settingsFile(), System.getenv(), List.of());
            say(settings);
            Optional<SettingsCheck.Fault> wrong = SettingsCheck.firstWrong(settings);
            wrong.ifPresent(fault -> sayFault(fault.what(), fault.next()));
            return wrong.isEmpty();
        } catch (ExtractionException wrong) {
            sayFault(wrong.whatHappened(), wrong.nextStep());
            return false;
        }
    }

    private void sayFault(Text what, Text next) {
        say("settings-fault", false, Text.of("doctor.settings-fault", what, next));
    }

    /** Where each came from. */
    private void say(Settings settings) {
        String file = Places.settingsFile().toString();
        String found = Files.exists(Places.settingsFile()) ? "doctor.settings-file" : "doctor.no-settings-file";
        say("settings", true, Text.of(found, file));
        settings.values()
                .forEach((name, value) ->
                        say("setting." + name, true, Text.of("doctor.setting", name, value.text(), value.origin())));
        settings.presets().forEach((preset, own) -> {
            String all = own.entrySet().stream()
                    .map(one -> one.getKey() + " = " + one.getValue().text())
                    .collect(Collectors.joining(", "));
            say("preset." + preset, true, Text.of("doctor.preset", preset, all, file));
        });
    }

    /** Asks the service only where there is an account already. */
    private void sayCloud() {
        try (NemoClient client =
                new NemoClient(CloudSettings.fromEnvironment(), new Cancellation(), CloudProgress.NONE)) {
            NemoClient.Account account = client.account();
            say("cloud-account", account.hasToken(), CloudDesk.accountLine(account));
            if (account.hasToken()) say("cloud-credits", true, CloudDesk.creditsLine(client.credits()));
        } catch (ExtractionException failed) {
            say("cloud-credits", false, failed.whatHappened());
        }
    }

    private void say(String name, boolean good, Text text) {
        if (global.json) {
            console.result(Json.finding(name, good, text, console.locale()));
            return;
        }
        String mark = good ? console.paint("32", "✓") : console.paint("33", "!");
        console.result(mark + " " + Console.clean(console.words(text)));
    }

    /** Whether there is an ffmpeg program that can do the work where natives cannot. */
    private boolean sayProgram(boolean natives) {
        try {
            FfmpegProgram found = FfmpegProgram.find(Optional.empty());
            String key = natives ? "doctor.ffmpeg" : "doctor.ffmpeg-instead";
            say("ffmpeg", true, Text.of(key, found.ffmpeg().toString(), found.version()));
            return true;
        } catch (ExtractionException none) {
            Text what = none.whatHappened();
            say(
                    "ffmpeg",
                    false,
                    natives
                            ? Text.of("doctor.no-ffmpeg", what)
                            : Text.of("doctor.no-ffmpeg-either", what, none.nextStep()));
            return false;
        }
    }
}
