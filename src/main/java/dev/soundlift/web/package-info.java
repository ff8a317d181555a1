/**
 * The local page. The server gives files to nobody but the page that holds the secret of its address, and asks that page
 * for the parts of its videos that it needs: no video is uploaded. Javalin lives only here.
 */
@NullMarked
package dev.soundlift.web;

import org.jspecify.annotations.NullMarked;
