// Where a cut does no harm: at a chapter, or in a silence.
/** So much silence is left beside the sound, as `--split silence` leaves it. */
const BREATH_SECONDS = 0.2;
const SHORTEST_SECONDS = 0.3;

/** The stretches, as [start, end], in which the outline is flat: pairs of lowest and highest level, so many a second. */
export function silences(peaks, perSecond) {
  const count = peaks.length / 2, loud = new Uint32Array(128);
  const height = (i) => Math.max(-peaks[2 * i], peaks[2 * i + 1]);
  for (let i = 0; i < count; i++) loud[Math.min(127, Math.round(127 * height(i)))]++;
  // What nine of ten stretches do not exceed is how loud it is; silence is 30 dB below that
  let usual = 0;
  for (let seen = 0; usual < 127 && (seen += loud[usual]) < 0.9 * count;) usual++;
  const limit = Math.max(1, usual * 0.03) / 127;
  const found = [];
  for (let i = 0, from = -1; i <= count; i++) {
    const quiet = i < count && height(i) <= limit;
    if (quiet && from < 0) from = i;
    if (quiet || from < 0) continue;
    if ((i - from) / perSecond >= SHORTEST_SECONDS) found.push([from / perSecond, i / perSecond]);
    from = -1;
  }
  return found;
}

/** A better place for an edge, as {time, why: 'chapter' or 'silence'}; nothing where there is none within reach. */
export function better(time, isStart, chapters, quiet, reach) {
  const chapter = nearest(chapters, (start) => Math.abs(start - time));
  if (chapter !== undefined && Math.abs(chapter - time) <= reach) return { time: chapter, why: 'chapter' };
  const away = ([from, to]) => Math.max(0, from - time, time - to);
  const silence = nearest(quiet, away);
  if (!silence || away(silence) > reach) return null;
  const [from, to] = silence, middle = (from + to) / 2;
  return { time: isStart ? Math.max(middle, to - BREATH_SECONDS) : Math.min(middle, from + BREATH_SECONDS), why: 'silence' };
}

function nearest(places, distance) {
  let best;
  for (const place of places) if (best === undefined || distance(place) < distance(best)) best = place;
  return best;
}
