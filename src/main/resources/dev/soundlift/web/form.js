// The form of wishes: its choices, what is chosen, and how a form that was read from a sentence is written into it.
import { $, choose, make, options, passFocus } from './dom.js';
import { recallWishes, rememberWishes } from './memory.js';
import { showRanges } from './ranges.js';
import { on, state, tell } from './state.js';
import { say } from './words.js';

const FORMATS = ['mp3', 'm4a', 'opus', 'flac', 'wav', 'alac', 'ogg', 'same'];
const QUALITIES = {
  mp3: ['', '320k', '256k', '192k', '128k', 'V0', 'V2', 'V5'], m4a: ['', '256k', '192k', '128k', '96k', '64k'],
  aac: ['', '256k', '192k', '128k', '96k'], opus: ['', '160k', '128k', '96k', '64k', '32k'], ogg: ['', '160k', '128k', '96k', '64k'],
};
/** Fields that stand in the form under their own names. */
const FIELDS = ['channels', 'loudness', 'preset', 'split', 'chapter', 'pieceLength', 'pieceSize'];
/** Wishes of a sentence that there is no field for. */
const KEPT = ['copy', 'rate', 'bits', 'align', 'group', 'verify', 'strict', 'id3', 'coverFrame', 'chapterList'];

/** What belongs to one file alone; the other wishes hold for all files, until others are chosen. */
const OWN = ['tracks', 'mix', 'group', 'ranges', 'chapter', 'coverFrame'];
let common = recallWishes() ?? { format: 'mp3' };

/** The wishes for a file: its own, and for the rest those that were chosen last. */
export function formOf(entry) {
  const form = { ...common, tracks: [], ranges: [] };
  for (const name of OWN) if (entry.form?.[name]) form[name] = entry.form[name];
  if (form.ranges.length || form.chapter) delete form.split;
  if (form.split !== 'silence') delete form.pieceLength, delete form.pieceSize;
  return form;
}

function keep() {
  const form = readForm(), { split, pieceLength, pieceSize } = common;
  state.shown.form = form;
  common = { ...form };
  for (const name of OWN) delete common[name];
  if (form.ranges.length || form.chapter) Object.assign(common, { split, pieceLength, pieceSize }); // it is not split, the others may be
  rememberWishes(common);
}

/** In the language of now. */
export function fillChoices() {
  const named = (...choices) => choices.map(([value, key]) => [value, say(key)]);
  options($('format'), FORMATS.map((format) => [format, say(`f_${format}`).split(/[:：]/)[0]]));
  options($('channels'), named(['', 'asSource'], ['stereo', 'stereo'], ['mono', 'mono'], ['left', 'left'], ['right', 'right']));
  options($('loudness'), named(['', 'loudOff'], ['podcast', 'podcast'], ['broadcast', 'broadcast']));
  options($('preset'), named(['', 'presetNone'], ['speech', 'presetSpeech'], ['podcast', 'presetPodcast'], ['music', 'presetMusic'], ['archive', 'presetArchive']));
  options($('split'), named(['', 'splitNone'], ['chapters', 'splitChapters'], ['silence', 'splitSilence'], ['10:00', 'split10'], ['30:00', 'split30']));
  options($('pieceLength'), [['', say('noLimit')], ...[5, 10, 20, 30, 60].map((minutes) => [minutes < 60 ? `${minutes}:00` : '1:00:00', say('minutes', minutes)])]);
  options($('pieceSize'), [['', say('noLimit')], ...[10, 25, 50, 100].map((megabytes) => [`${megabytes}MB`, `${megabytes} MB`])]);
  fillQualities();
}

function fillQualities() {
  const qualities = QUALITIES[$('format').value];
  $('quality-label').hidden = !qualities;
  options($('quality'), (qualities ?? ['']).map((quality) => [quality, quality ? quality.replace('k', ' kbit/s') : say('auto')]));
  $('format-words').textContent = say(`f_${$('format').value}`);
}

/** As the server takes it; where there is nothing to be wished, the wish is left out. */
export function readForm() {
  const { form: before } = state.shown;
  const form = { format: $('format').value, tracks: before.tracks, ranges: before.ranges, mix: before.mix ?? false };
  const quality = $('quality-label').hidden ? '' : $('quality').value;
  if (quality.startsWith('V')) form.vbr = quality.slice(1);
  else if (quality) form.bitrate = quality;
  for (const id of FIELDS) if ($(id).value) form[id] = $(id).value;
  for (const kept of KEPT) if (before[kept]) form[kept] = before[kept];
  if (form.format === 'same') form.copy = true;
  if (form.split !== 'silence') delete form.pieceLength, delete form.pieceSize;
  if (form.split || form.chapter) form.ranges = [];
  return form;
}

/** What would be asked for now of any file. */
export const wishesOf = (entry) => (entry === state.shown ? readForm() : formOf(entry));

/** Shows the wishes for the file that is looked at. */
export function writeForm() {
  const { form, media } = state.shown;
  choose($('format'), form.format ?? 'mp3');
  fillQualities();
  choose($('quality'), form.vbr ? `V${form.vbr}` : form.bitrate);
  for (const id of FIELDS) choose($(id), form[id]);
  for (const box of $('track-list').querySelectorAll('input')) {
    box.checked = form.tracks.length ? form.tracks.includes(box.value) || form.tracks.includes('all') : box.value === String(media.best);
  }
  showRanges();
  showKept();
  tell('form');
}

function showKept() {
  const { form: now } = state.shown;
  $('also').replaceChildren(...KEPT.filter((kept) => now[kept] && !(kept === 'copy' && now.format === 'same')).map((kept) => {
    const words = say(`also_${kept}`, now[kept]);
    return make('li', words, {}, make('button', '✕', { type: 'button', class: 'small', 'aria-label': say('removeOf', words), onclick: () => {
      delete state.shown.form[kept];
      showKept();
      passFocus('#also button', 0, $('format'));
      tell('form');
    } }));
  }));
}

on('form', () => { if (state.shown) keep(); });

$('format').onchange = () => {
  delete state.shown.form.copy; // it was said of another format
  fillQualities();
  showKept();
  tell('form');
};
for (const id of ['quality', 'channels', 'loudness', 'preset']) $(id).onchange = () => tell('form');
