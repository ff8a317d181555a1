// The waveform of one track: drawn as it becomes known, played from the server, stretches chosen by dragging.
import WaveSurfer from './wavesurfer.js';
import Regions from './regions.js';
import { request } from './link.js';
import { say } from './words.js';

const nonce = document.querySelector('meta[name=nonce]').content;

const OURS = /^(chapter|given)$/;

export class Wave {
  #surfer; #regions; #abort; #duration = 0; #listener; #held = false;

  /** @param listener gets {ranges}, {time}, {playing} and {progress: 0..1} */
  constructor(element, listener) {
    this.#listener = listener;
    this.element = element;
    // What is drawn anew under a hand that drags would be taken from it
    element.addEventListener('pointerdown', () => { this.#held = true; });
    for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, () => { this.#held = false; });
  }

  /** Shows another track. */
  async show(input, track, duration, chapters) {
    this.close();
    this.#duration = duration || 1;
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
    this.#regions.on('region-created', (region) => { if (!OURS.test(region.id)) this.#listener({ ranges: this.ranges() }); });
    this.#regions.on('region-updated', () => this.#listener({ ranges: this.ranges() }));
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

  async #draw(input, track) {
    this.#abort = new AbortController();
    const signal = this.#abort.signal;
    try {
      const response = await request('GET', `/api/inputs/${input}/wave?track=${track}`, null, signal);
      const perSecond = Number(response.headers.get('X-Per-Second'));
      let peaks = new Float32Array(2 * Math.max(1, Math.ceil(this.#duration * perSecond)));
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
        if (!done && (this.#held || now - drawn < 250)) continue;
        while (this.#held) await new Promise((resume) => { setTimeout(resume, 50); });
        if (signal.aborted) return;
        drawn = now;
        const length = done && filled ? filled / 2 / perSecond : this.#duration;
        if (done && Math.abs(length - this.#duration) > 0.5) this.#duration = length;
        const shown = done ? peaks.subarray(0, Math.max(2, filled)) : peaks;
        this.#surfer.setOptions({ peaks: [shown], duration: this.#duration });
        // setOptions alone draws what was there before
        this.#surfer.getRenderer().render(this.#surfer.getDecodedData());
        this.#listener({ progress: done ? 1 : filled / peaks.length });
        if (done) return;
      }
    } catch (error) {
      if (!signal.aborted) this.#listener({ error });
    }
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

  playPause() { return this.#surfer?.playPause(); }

  play(start, end) { return this.#surfer?.play(start, end); }

  close() {
    this.#abort?.abort();
    this.#surfer?.destroy();
    this.#surfer = undefined;
  }
}
