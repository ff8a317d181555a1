/** Many machines: a list of inputs as a job of Apache Spark, from and to a folder or an object store. */
@org.jspecify.annotations.NullMarked
package dev.soundlift.cluster;
