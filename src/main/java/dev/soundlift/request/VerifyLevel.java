package dev.soundlift.request;

/** How closely the delivered file is looked at. */
public enum VerifyLevel {
    /** All of it is decoded again. */
    FULL,
    /** Every packet is counted; the first minute and the last packets are decoded. */
    QUICK,
    /** The file is not looked at. */
    OFF
}
