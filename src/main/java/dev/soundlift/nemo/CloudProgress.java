package dev.soundlift.nemo;

import dev.soundlift.text.Text;
import java.util.Locale;

/** Hears how a job on the service goes; called from the threads that work. */
public interface CloudProgress {
    /** For those who do not care. */
    CloudProgress NONE = new CloudProgress() {
        @Override
        public void advanced(Stage stage, double share) {}

        @Override
        public void says(Text words) {}
    };

    /** What takes its time. */
    enum Stage {
        UPLOAD,
        PROCESSING,
        RENDER,
        DOWNLOAD;

        /** In words, such as "uploading 45 %"; without a number where the share is NaN. */
        public Text text(double share) {
            String name = name().toLowerCase(Locale.ROOT);
            if (Double.isNaN(share)) return Text.of("cloud.stage-unknown." + name);
            return Text.of("cloud.stage." + name, Integer.toString((int) (share * 100)));
        }
    }

    /**
     * Called often.
     *
     * @param share of the stage that is done, 0 to 1; NaN where nobody knows
     */
    void advanced(Stage stage, double share);

    /** A line that the user should see now, such as "still working". */
    void says(Text words);
}
