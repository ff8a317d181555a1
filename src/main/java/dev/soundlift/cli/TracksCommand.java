package dev.soundlift.cli;

import dev.soundlift.Soundlift;
import dev.soundlift.batch.Input;
import dev.soundlift.batch.Inputs;
import dev.soundlift.batch.Upcoming;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.ChannelNote;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.ContainerName;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.media.TrackFlag;
import dev.soundlift.plan.Advice;
import dev.soundlift.plan.MonoGroups;
import dev.soundlift.plan.TrackPick;
import dev.soundlift.plan.TrackPicker;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Json;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.source.Access;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code soundlift tracks INPUT...}: what is inside, and which track would be taken. */
@Command(name = "tracks", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
final class TracksCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "INPUT", arity = "1..*", descriptionKey = "input")
    private List<String> inputs = List.of();

    @Option(
            names = {"-r", "--recurse"},
            descriptionKey = "recurse",
            order = 1)
    private boolean recurse;

    @Option(names = "--no-listening", descriptionKey = "no-listening", order = 2)
    private boolean noListening;

    @Mixin
    private final AccessOptions elsewhere = new AccessOptions();

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    TracksCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws ExtractionException {
        Upcoming sources;
        Access access;
        try {
            access = elsewhere.access();
            sources = sources();
        } catch (UsageErrors.BadValue bad) {
            console.error("", bad.text(), Text.of("next.usage", "soundlift tracks"));
            return ExitCode.USAGE;
        }
        Soundlift soundlift = Soundlift.with(EngineChoice.AUTO, access);
        List<ExtractionReport> failures = new ArrayList<>();
        int soundless = 0;
        int all = 0;
        Cancellation cancellation = console.guest().map(Guest::cancellation).orElseGet(Cancellation::new);
        for (; sources.hasNext(); all++) {
            Input input = sources.next();
            MediaSource source = input.source();
            try {
                if (input.unusable().isPresent()) throw input.unusable().get();
                cancellation.throwIfRequested();
                if (console.guest().isPresent() && source instanceof MediaSource.LocalFile local) {
                    console.guest().get().fence().requireReadable(local.path());
                }
                Soundlift.Look look = noListening
                        ? new Soundlift.Look(soundlift.probe(source, cancellation), Map.of())
                        : soundlift.look(source, cancellation);
                MediaInfo media = look.media();
                show(media, look.notes());
                if (global.json && media.tracks().isEmpty()) soundless++;
            } catch (ExtractionException failed) {
                ExtractionReport report =
                        ExtractionReport.failed(source, Optional.empty(), Optional.empty(), Duration.ZERO, failed);
                failures.add(report);
                if (global.json) {
                    console.result(Json.report(report, console.locale()));
                } else {
                    console.error(source.displayName(), failed.whatHappened(), failed.nextStep());
                }
            }
        }
        if (soundless > 0) return all > 1 ? ExitCode.SOME_FAILED : ErrorKind.NO_AUDIO.exitCode();
        return ExitCode.of(failures, all);
    }

    private Upcoming sources() throws ExtractionException {
        if (console.guest().isPresent()) console.guest().get().requireInputs(inputs);
        List<String> files = inputs.stream()
                .filter(input -> !AccessOptions.isElsewhere(input))
                .toList();
        return new Upcoming(List.of(
                new Inputs(files, recurse, file -> false).iterator(),
                AccessOptions.elsewhere(inputs).stream().map(Input::of).iterator()));
    }

    private void show(MediaInfo media, Map<Integer, ChannelNote> notes) throws ExtractionException {
        if (global.json) {
            Optional<TrackPick> best = media.tracks().isEmpty() ? Optional.empty() : Optional.of(best(media));
            console.result(Json.media(media, best, notes, console.locale()));
            return;
        }
        String duration = media.duration().map(TracksCommand::clock).orElse("?");
        line(console.words(Text.of("tracks.head", media.source().displayName(), ContainerName.of(media), duration)));
        for (String tag : List.of("title", "artist", "album", "date")) {
            String value = media.tags().getOrDefault(tag, media.tags().getOrDefault(tag.toUpperCase(Locale.ROOT), ""));
            if (!value.isEmpty()) line("  " + tag + ": " + value);
        }
        if (media.tracks().isEmpty()) {
            TrackPicker.pick(media, TrackChoice.BEST); // says that there is none, as a conversion would
        }
        TrackPick best = best(media);
        for (AudioTrack track : media.tracks()) {
            String mark = track.number() == best.track().number() ? "→" : " ";
            line(" " + mark + " " + track.number() + "  " + describe(track));
        }
        line("  "
                + console.words(
                        Text.of("tracks.best", Integer.toString(best.track().number()), best.why())));
        best.close().ifPresent(close -> line("  " + console.words(Text.of("report.warning", close))));
        for (Advice advice : Advice.of(media, best.track(), notes)) {
            line("  ! " + console.words(advice.words()));
            if (!advice.options().isEmpty()) {
                String name = media.source().displayName();
                List<String> call = new ArrayList<>(List.of(name.startsWith("-") ? "./" + name : name));
                call.addAll(advice.options());
                line("      " + PeopleReport.asTyped(call));
            }
        }
        MonoGroups.proposal(media)
                .ifPresent(groups -> line("  " + console.words(Text.of("tracks.groups", groups.groupsLabel()))));
        if (!media.chapters().isEmpty()) {
            line("  "
                    + console.words(Text.of(
                            "tracks.chapters", Integer.toString(media.chapters().size()))));
            int number = 1;
            for (Chapter chapter : media.chapters()) {
                line("    " + number++ + "  " + clock(chapter.start()) + "–" + clock(chapter.end()) + "  "
                        + chapter.title());
            }
        }
        if (media.hasCover()) line("  " + console.words(Text.of("tracks.cover")));
    }

    private void line(String text) {
        console.result(Console.clean(text));
    }

    private static TrackPick best(MediaInfo media) throws ExtractionException {
        return TrackPicker.pick(media, TrackChoice.BEST).get(0);
    }

    private static String clock(Duration time) {
        return MediaTime.print(Duration.ofMillis(time.toMillis()));
    }

    private String describe(AudioTrack track) {
        List<String> facts = new ArrayList<>();
        facts.add(track.codecName() + (track.profile().isEmpty() ? "" : " " + track.profile()));
        if (track.shape().sampleRateHz() > 0) facts.add(track.shape().sampleRateHz() + " Hz");
        if (!track.shape().layout().isEmpty()) facts.add(track.shape().layout());
        if (track.shape().bitDepth() > 0) facts.add(track.shape().bitDepth() + " bit");
        track.bitsPerSecond().ifPresent(rate -> facts.add(Math.round(rate / 1000.0) + " kbit/s"));
        if (!track.language().isEmpty()) facts.add(track.language());
        if (!track.title().isEmpty()) facts.add("\"" + track.title() + "\"");
        for (TrackFlag flag : TrackFlag.values()) {
            if (track.has(flag))
                facts.add("[" + flag.name().toLowerCase(Locale.ROOT).replace('_', '-') + "]");
        }
        if (track.start().abs().toMillis() >= 40)
            facts.add(console.words(Text.of("tracks.start", clock(track.start()))));
        if (!track.decodable()) facts.add(console.words(Text.of("tracks.no-decoder")));
        if (track.encrypted()) facts.add(console.words(Text.of("tracks.encrypted")));
        return String.join(", ", facts);
    }
}
