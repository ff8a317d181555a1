/**
 * The Model Context Protocol server for agents, over standard input and output. A tool call is a command line: its
 * arguments become the words that a person would type, the {@link dev.soundlift.agent.Program} runs them as ever, and its
 * JSON lines are the result. What the tools are is said without the protocol ({@link dev.soundlift.agent.Tool}); the SDK
 * lives only here, and in this room only in {@code SdkServer} and {@code StdioTransport}, because revisions of the protocol
 * change them.
 */
@NullMarked
package dev.soundlift.agent;

import org.jspecify.annotations.NullMarked;
