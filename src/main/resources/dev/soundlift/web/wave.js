// The waveform of one track: drawn as it becomes known, played from the server, stretches chosen by dragging.
import WaveSurfer from './wavesurfer.js';
import Regions from './regions.js';
import { request } from './link.js';
import { better, silences } from './snap.js';
import { say } from './words.js';

const nonce = document.querySelector('meta[name=nonce]').content;

const OURS = /^(chapter|given)$/;
const PIECE_BYTES = 6;
const SKETCH_COLUMNS = 2048;

/** Between pieces that were heard, each column looks like the nearest one. */
function spread(pieces, peaks, duration) {
  if (!pieces.length) return;
  const sorted = [...pieces].sort((a, b) => a.time - b.time), columns = peaks.length / 2;
  for (let column = 0, i = 0; column < columns; column++) {
    const time = (column + 0.5) * duration / columns;
    while (i + 1 < sorted.length && sorted[i + 1].time - time < time - sorted[i].time) i++;
    peaks[2 * column] = sorted[i].low;
    peaks[2 * column + 1] = sorted[i].high;
  }
}

export class Wave {
  #surfer; #regions; #abort; #duration = 0; #listener; #held = false; #chapters = []; #silences = [];
  /** Whether edges move to chapters and silences. */
  snapping = false;

  /** @param listener gets {ranges, moved: what snapping did}, {time}, {playing}, {rough: pieces}, {sketched}, {progress: 0..1}, {error} and {mute} where nothing plays */
  constructor(element, listener) {
    this.#listener = listener;
    this.element = element;
    element.addEventListener('pointerdown', () => { this.#held = true; });
    for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, () => { this.#held = false; });
  }

  /** Shows another track. */
  async show(input, track, duration, chapters) {
    this.close();
    this.#duration = duration || 1;
    this.#chapters = (chapters ?? []).map((chapter) => chapter.startSeconds);
    this.#silences = [];
    const style = getComputedStyle(document.documentElement);
    this.#regions = Regions.create();
    const media = document.createElement('audio');
    media.preload = 'none';
    media.src = `/api/inputs/${input}/sound.wav?track=${track}`;
    this.#surfer = WaveSurfer.create({
      container: this.element, media, height: 110, cspNonce: nonce, normalize: false, dragToSeek: false, minPxPerSec: 0,
      waveColor: style.getPropertyValue('--wave').trim(), progressColor: style.getPropertyValue('--played').trim(),
      cursorColor: style.getPropertyValue('--text').trim(), peaks: [[0, 0]], duration: this.#duration,
      plugins: [this.#regions],
    });
    this.element.setAttribute('aria-label', say('wave', track));
    this.#regions.enableDragSelection({ color: style.getPropertyValue('--region').trim() }, 4);
    // Only what a hand has drawn is news; what is put there by us has a name
    this.#regions.on('region-created', (region) => { if (!OURS.test(region.id)) this.#dragged(region); });
    this.#regions.on('region-updated', (region) => this.#dragged(region));
    this.#surfer.on('timeupdate', (time) => this.#listener({ time }));
    this.#surfer.on('play', () => this.#listener({ playing: true }));
    this.#surfer.on('pause', () => this.#listener({ playing: false }));
    for (const chapter of chapters ?? []) {
      if (chapter.startSeconds > 0) {
        this.#regions.addRegion({ start: chapter.startSeconds, content: '', drag: false, resize: false, id: 'chapter' });
      }
    }
    await this.#draw(input, track);
  }

  /** A rough outline from all over the track, then the exact one from its beginning; each is drawn while it comes. */
  async #draw(input, track) {
    this.#abort = new AbortController();
    const signal = this.#abort.signal;
    const rough = [];
    try {
      await this.#sketch(input, track, rough, signal);
    } catch { /* without one the exact outline begins at once */ }
    if (signal.aborted) return;
    this.#listener({ sketched: true });
    try {
      const response = await request('GET', `/api/inputs/${input}/wave?track=${track}`, null, signal);
      const perSecond = Number(response.headers.get('X-Per-Second'));
      let peaks = new Float32Array(2 * Math.max(1, Math.ceil(this.#duration * perSecond)));
      spread(rough, peaks, this.#duration);
      let filled = 0, drawn = 0;
      const reader = response.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (signal.aborted) return;
        if (value) {
          const bytes = new Int8Array(value.buffer, value.byteOffset, value.length);
          if (filled + bytes.length > peaks.length) { // longer than the file claims
            const more = new Float32Array(2 * (filled + bytes.length));
            more.set(peaks);
            peaks = more;
          }
          for (const level of bytes) peaks[filled++] = level / 127;
        }
        const now = performance.now();
        if (!done && now - drawn < 250) continue;
        await this.#letGo();
        if (signal.aborted) return;
        drawn = now;
        const length = done && filled ? filled / 2 / perSecond : this.#duration;
        if (done && Math.abs(length - this.#duration) > 0.5) this.#duration = length;
        this.#render(done ? peaks.subarray(0, Math.max(2, filled)) : peaks);
        if (done) this.#silences = silences(peaks.subarray(0, filled), perSecond);
        this.#listener({ progress: done ? 1 : filled / peaks.length });
        if (done) return;
      }
    } catch (error) {
      if (!signal.aborted) this.#listener({ error });
    }
  }

  async #sketch(input, track, rough, signal) {
    const response = await request('GET', `/api/inputs/${input}/sketch?track=${track}`, null, signal);
    const reader = response.body.getReader();
    let rest = new Uint8Array(0), drawn = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (signal.aborted) return;
      if (value) {
        const bytes = new Uint8Array(rest.length + value.length);
        bytes.set(rest);
        bytes.set(value, rest.length);
        const view = new DataView(bytes.buffer);
        let at = 0;
        for (; at + PIECE_BYTES <= bytes.length; at += PIECE_BYTES) {
          rough.push({ time: view.getFloat32(at), low: view.getInt8(at + 4) / 127, high: view.getInt8(at + 5) / 127 });
        }
        rest = bytes.slice(at);
      }
      if (!rough.length || (!done && performance.now() - drawn < 100)) { if (done) return; continue; }
      await this.#letGo();
      if (signal.aborted) return;
      drawn = performance.now();
      const peaks = new Float32Array(2 * SKETCH_COLUMNS);
      spread(rough, peaks, this.#duration);
      this.#render(peaks);
      this.#listener({ rough: rough.length });
      if (done) return;
    }
  }

  /** What is drawn anew under a hand that drags would be taken from it. */
  async #letGo() {
    while (this.#held) await new Promise((resume) => { setTimeout(resume, 50); });
  }

  #render(peaks) {
    this.#surfer.setOptions({ peaks: [peaks], duration: this.#duration });
    // setOptions alone draws what was there before
    this.#surfer.getRenderer().render(this.#surfer.getDecodedData());
  }

  #dragged(region) {
    const { start, end, moved } = this.snapped(region);
    if (moved.length) region.setOptions({ start, end });
    this.#listener({ ranges: this.ranges(), moved });
  }

  /** The stretch with its edges where no word is cut, and for each that was moved {from, to, why}. */
  snapped({ start, end }) {
    const moved = [];
    if (!this.snapping) return { start, end, moved };
    const reach = Math.max(0.5, Math.min(10, 16 * this.#duration / Math.max(1, this.#surfer?.getWrapper().clientWidth ?? 1)));
    const move = (time, isStart) => {
      if (time <= 0.01 || time >= this.#duration - 0.01) return time; // where it begins or ends already
      const place = better(time, isStart, this.#chapters, this.#silences, reach);
      if (!place || Math.abs(place.time - time) < 0.001) return time;
      moved.push({ from: time, to: place.time, why: place.why });
      return place.time;
    };
    const from = move(start, true), to = move(end, false);
    return to > from ? { start: from, end: to, moved } : { start, end, moved: [] };
  }

  ranges() {
    return this.#regions.getRegions().filter((region) => region.id !== 'chapter' && region.end > region.start)
      .map(({ start, end }) => ({ start, end })).sort((a, b) => a.start - b.start);
  }

  setRanges(ranges) {
    const color = getComputedStyle(document.documentElement).getPropertyValue('--region').trim();
    for (const region of this.#regions?.getRegions() ?? []) if (region.id !== 'chapter') region.remove();
    for (const { start, end } of ranges) this.#regions?.addRegion({ start, end: Math.min(end, this.#duration), color, id: 'given' });
  }

  /** 0: all of it fits; 100: 200 pixels for each second. */
  zoom(level) {
    const fit = this.element.clientWidth / this.#duration;
    this.#surfer?.zoom(level === 0 ? 0 : fit * Math.pow(Math.max(2, 200 / fit), level / 100));
  }

  playPause() { return this.#listenedTo(this.#surfer?.playPause()); }

  play(start, end) { return this.#listenedTo(this.#surfer?.play(start, end)); }

  /** What is paused before it has begun is no failure. */
  #listenedTo(playing) {
    return playing?.catch((error) => { if (error.name !== 'AbortError') this.#listener({ mute: true }); });
  }

  close() {
    this.#abort?.abort();
    this.#surfer?.destroy();
    this.#surfer = undefined;
  }
}
