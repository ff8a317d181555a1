package dev.soundlift.cli;

import picocli.CommandLine.IVersionProvider;

/** From the jar's manifest, where the build writes it. */
final class Version implements IVersionProvider {
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"soundlift " + number()};
    }
}
