// The file that is looked at: what is in it, and which of its tracks are taken.
import { $, make, options } from './dom.js';
import { formOf, writeForm } from './form.js';
import { showJobs } from './jobs.js';
import { call } from './link.js';
import { showWave, wave } from './listen.js';
import { on, state, tell, trackNow } from './state.js';
import { clock, codecName, languageName, say } from './words.js';

export function select(entry, byHand) {
  entry.form = formOf(entry);
  state.shown = entry;
  for (const id of ['sentence', 'from', 'to']) $(id).value = '';
  for (const id of ['understood', 'moved', 'range-error', 'plan-error', 'estimate', 'why', 'command']) $(id).textContent = '';
  $('file').hidden = false;
  $('file-title').textContent = entry.name;
  if (byHand) $('file-title').focus();
  tell('files');
  showMedia();
  writeForm();
  showJobs();
  if (trackNow()) showWave();
}

export function close() {
  state.shown = null;
  wave.close();
  $('file').hidden = true;
}

/** Listening to the channels waits until something is to be seen: both read the same file. */
async function listen() {
  const entry = state.shown;
  if (!entry || entry.listened) return;
  entry.listened = true;
  try {
    entry.media = await call('GET', `/api/inputs/${entry.id}`);
    if (state.shown === entry) showMedia();
  } catch { /* what the quick look gave is shown */ }
}

export function showMedia() {
  const { media, form } = state.shown;
  const facts = [media.containerName, media.durationSeconds ? clock(Math.round(media.durationSeconds)) : '', media.chapters?.length ? say('chapters', media.chapters.length) : '',
    media.cover ? say('cover') : '', media.tags?.title ?? ''];
  $('facts').textContent = media.tracks.length ? facts.filter(Boolean).join(' · ') : say('noTracks');
  const chosen = new Set(form.tracks.length ? form.tracks : [String(media.best)]);
  const focused = document.activeElement?.closest('#track-list input')?.value;
  $('track-list').replaceChildren(...media.tracks.map((track) => {
    const words = [languageName(track.language), track.title, `${codecName(track.codec)}${track.profile ? ` ${track.profile}` : ''}`, track.sampleRateHz ? `${track.sampleRateHz / 1000} kHz` : '', track.layout,
      track.bitsPerSecond ? `${Math.round(track.bitsPerSecond / 1000)} kbit/s` : '', track.default ? say('default') : '', track.number === media.best ? say('best') : '', track.channelNote ?? ''];
    const box = make('input', '', { type: 'checkbox', value: String(track.number), checked: chosen.has(String(track.number)), onchange: tracksChanged });
    return make('label', '', { class: 'track' }, box, make('b', say('track1', track.number)), make('span', words.filter(Boolean).join(', ')));
  }));
  if (focused) $('track-list').querySelector(`input[value="${focused}"]`)?.focus();
  if (!form.tracks.length) $('why').textContent = media.why ?? '';
  $('advice').replaceChildren(...(media.advice ?? []).map((advice) => make('li', advice.message)));
  $('chapter-label').hidden = !media.chapters?.length;
  options($('chapter'), [['', say('noChapter')], ...(media.chapters ?? []).map((chapter, i) => [String(i + 1), `${i + 1} ${chapter.title}`])]);
  for (const id of ['tracks', 'listening', 'wishes', 'go']) $(id).hidden = media.tracks.length === 0;
}

function tracksChanged({ target }) {
  const { media, form } = state.shown, boxes = [...$('track-list').querySelectorAll('input')];
  const before = String(trackNow());
  if (!boxes.some((box) => box.checked)) boxes.find((box) => box.value === String(media.best)).checked = true; // one is always taken
  form.tracks = boxes.filter((box) => box.checked).map((box) => box.value);
  if (form.tracks.length === 1 && form.tracks[0] === String(media.best)) form.tracks = [];
  state.shown.ticked = target.checked ? target.value : null;
  if (String(trackNow()) !== before) showWave();
  tell('form');
}

on('sketched', listen);
