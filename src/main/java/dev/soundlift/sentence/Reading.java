package dev.soundlift.sentence;

import dev.soundlift.request.CommandLineForm;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was made of a sentence.
 *
 * @param inputs files, folders, patterns and URLs as they were typed
 * @param handling options of the call that are no part of a request: of folders in folders, of many files at once
 * @param request the wishes, for an input that is put in later
 * @param understood the phrases that count, as they were written
 * @param notUnderstood every other word, as it was written
 * @param contradictions why it cannot be done as it is said; empty: it can
 * @param other a command that is not a conversion, such as {@code cloud credits}
 */
public record Reading(
        List<String> inputs,
        List<String> handling,
        ExtractionRequest request,
        List<String> understood,
        List<String> notUnderstood,
        List<Text> contradictions,
        Optional<List<String>> other) {

    public Reading {
        inputs = List.copyOf(inputs);
        handling = List.copyOf(handling);
        understood = List.copyOf(understood);
        notUnderstood = List.copyOf(notUnderstood);
        contradictions = List.copyOf(contradictions);
        other = other.map(List::copyOf);
    }

    /** The same of other names. */
    public Reading with(List<String> otherInputs, ExtractionRequest otherRequest) {
        return new Reading(otherInputs, handling, otherRequest, understood, notUnderstood, contradictions, other);
    }

    /** The equal call: the words after the program's name. */
    public List<String> commandLine() {
        if (other.isPresent()) return other.get();
        List<String> words = new ArrayList<>(CommandLineForm.of(inputs, request));
        words.addAll(handling);
        return words;
    }
}
