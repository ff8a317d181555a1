package dev.soundlift.request;

/** How closely the delivered file is looked at. */
public enum VerifyLevel {
    FULL,
    QUICK,
    OFF
}
